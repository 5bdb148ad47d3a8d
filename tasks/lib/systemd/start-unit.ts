import type { Output, TransientUnit } from '../contract/host.ts';
import { runCommand } from './run-command.ts';

/**
 * Starts a transient service on this host. It does not depend on this process, nor on the session of its user.
 *
 * @throws Error if systemd-run cannot be run
 */
export function startUnit({ name, description, properties, command }: TransientUnit): Promise<Output> {
  const options = [`--unit=${name}`, `--description=${description}`, '--quiet', '--collect'];
  const more = properties.map((property) => `--property=${property}`);
  return runCommand('systemd-run', [...options, ...more, ...command]);
}
