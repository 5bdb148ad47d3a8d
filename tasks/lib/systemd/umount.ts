import type { Output } from '../contract/host.ts';
import { runCommand } from './run-command.ts';

/**
 * Unmounts folders where systemd has them mounted, all that it can; its exit code and messages are those of umount(8).
 *
 * This process may have a mount namespace of its own: that of a service with `PrivateTmp=`, say, or of unshare(1).
 * What is unmounted there stays mounted everywhere else.
 *
 * @throws Error, where umount cannot be run, or not in systemd's namespace
 */
export async function umount(folders: readonly string[]): Promise<Output> {
  // Folders of clones are no links, and looking them up would only have umount walk the list of mounts.
  const command = ['umount', '--no-canonicalize', ...folders];
  const output = await runCommand('nsenter', ['--target=1', '--mount', ...command]);
  if (output.stderr.startsWith('nsenter:')) throw new Error(output.stderr.trim());
  return output;
}
