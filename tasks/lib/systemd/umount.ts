import type { Output } from '../contract/host.ts';
import { runCommand } from './run-command.ts';

/**
 * Unmounts as many of the folders as possible, and returns the exit code and messages of umount(8).
 *
 * It runs in systemd's mount namespace. This process may be in another one, such as that of a service with
 * `PrivateTmp=`, where unmounting would have no effect on the host.
 *
 * @throws Error if umount cannot be run or systemd's namespace cannot be entered
 */
export async function umount(folders: readonly string[]): Promise<Output> {
  // The folders are not links, and canonicalizing them would make umount read the whole list of mounts.
  const command = ['umount', '--no-canonicalize', ...folders];
  const output = await runCommand('nsenter', ['--target=1', '--mount', ...command]);
  if (output.stderr.startsWith('nsenter:')) throw new Error(output.stderr.trim());
  return output;
}
