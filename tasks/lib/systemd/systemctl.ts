import { TaskError } from '../contract/errors.ts';
import type { Output } from '../contract/host.ts';
import { runCommand } from './run-command.ts';

/** Messages of systemctl if it cannot reach systemd. In a chroot, it does nothing and still succeeds. */
const UNREACHABLE =
  /not been booted with systemd|Failed to (connect to|get D-Bus connection)|Running in chroot, ignoring|Transport endpoint is not connected/;

/**
 * Runs `systemctl`. Error messages about individual units are left to the caller.
 *
 * @throws TaskError `no-systemd` if systemctl is missing or cannot reach systemd
 */
export async function systemctl(args: readonly string[]): Promise<Output> {
  const output = await runCommand('systemctl', args).catch((error: Error) => {
    throw noSystemd(error.message);
  });
  if (UNREACHABLE.test(output.stderr)) throw noSystemd(output.stderr.trim());
  return output;
}

function noSystemd(problem: string): TaskError {
  const remedy = 'The task requires a Linux host with systemd as process 1, and does not work in a chroot';
  return new TaskError('no-systemd', `Cannot reach systemd on this host. ${remedy}. ${problem}`, { problem });
}
