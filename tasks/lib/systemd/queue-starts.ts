import type { Host } from '../contract/host.ts';
import type { CloneWithUnits, Unit } from './clone-units.ts';
import { parseRefusals } from './refused-units.ts';

/**
 * Queues jobs that start or restart clones, in this order. Returns the reasons for refused jobs by unit.
 *
 * systemd counts starts, so that a clone that dies again and again stays down. Those that somebody asks for are not
 * meant, and a clone that was started several times in a minute would be refused: their count begins anew.
 *
 * @param kind - The unit of a clone to start; a restart of its mount restarts the service too
 */
export async function queueStarts(
  host: Host,
  command: 'start' | 'restart',
  clones: readonly CloneWithUnits[],
  kind: 'service' | 'mount',
): Promise<Map<string, string>> {
  if (clones.length === 0) return new Map();
  // A restart leaves a clone that has failed down, and it should not look as if it had been stopped.
  const isCounted = ({ active }: Unit) => command === 'start' || active !== 'failed';
  const counted = clones.flatMap(({ service, mount }) => [
    ...(isCounted(service) ? [service.name] : []),
    ...(mount.active === 'failed' ? [mount.name] : []),
  ]);
  await host.systemctl(['reset-failed', ...counted]);
  const { stderr } = await host.systemctl([
    command,
    '--no-block',
    ...clones.map((clone) => clone[kind].name),
  ]);
  return parseRefusals(stderr);
}
