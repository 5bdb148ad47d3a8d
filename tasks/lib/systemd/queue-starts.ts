import type { Host } from '../contract/host.ts';
import type { CloneWithUnits } from './clone-units.ts';
import { parseRefusals } from './refused-units.ts';

/**
 * Queues jobs that start or restart clones, in this order. Returns the reasons for refused jobs by unit.
 *
 * systemd counts starts, so that a clone that dies again and again stays down. Those that somebody asks for are not
 * meant, and a clone that was started several times in a minute would be refused: their count begins anew.
 */
export async function queueStarts(
  host: Host,
  command: 'start' | 'restart',
  clones: readonly CloneWithUnits[],
): Promise<Map<string, string>> {
  if (clones.length === 0) return new Map();
  const counted = clones.flatMap(({ service, mount }) => [
    // A restart leaves a clone that has failed down, and it should not look as if it had been stopped.
    ...(command === 'start' || service.active !== 'failed' ? [service] : []),
    ...(mount.active === 'failed' ? [mount] : []),
  ]);
  await host.systemctl(['reset-failed', ...counted.map(({ name }) => name)]);
  // A restart of the mount restarts the service too.
  const units = clones.map(({ service, mount }) => (command === 'start' ? service : mount));
  const { stderr } = await host.systemctl([command, '--no-block', ...units.map(({ name }) => name)]);
  return parseRefusals(stderr);
}
