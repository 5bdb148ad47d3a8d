import { TaskError } from '../contract/errors.ts';
import type { Output } from '../contract/host.ts';
import { runCommand } from './run-command.ts';

/** What systemctl says where there is no systemd to talk to; in a chroot it does nothing and calls that a success. */
const UNREACHABLE =
  /not been booted with systemd|Failed to (connect to|get D-Bus connection)|Running in chroot, ignoring|Transport endpoint is not connected/;

/**
 * Runs `systemctl` with these arguments; complaints about single units are the caller's to read.
 *
 * @throws TaskError `no-systemd`, where there is no systemctl or it finds no systemd
 */
export async function systemctl(args: readonly string[]): Promise<Output> {
  const output = await runCommand('systemctl', args).catch((error: Error) => {
    throw noSystemd(error.message);
  });
  if (UNREACHABLE.test(output.stderr)) throw noSystemd(output.stderr.trim());
  return output;
}

function noSystemd(problem: string): TaskError {
  const remedy = 'Clones run on Linux hosts whose process 1 is systemd, and not from within a chroot';
  return new TaskError('no-systemd', `No systemd answers on this host. ${remedy}. ${problem}`, { problem });
}
