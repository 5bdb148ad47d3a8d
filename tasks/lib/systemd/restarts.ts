import * as fs from 'node:fs';
import { restartedDirOf } from '../../../model/names.ts';
import type { Host } from '../contract/host.ts';
import { type CloneWithUnits, readProperties } from './clone-units.ts';
import { numberOf } from './unit-lists.ts';

/**
 * Reads how often systemd has restarted each clone since somebody started it, because the clone died or rebooted. The
 * result has only clones that were restarted: systemd is asked about these alone, because it answers slowly for many.
 *
 * @throws TaskError `no-systemd` if systemd does not respond
 */
export async function readRestarts(
  host: Host,
  clones: readonly CloneWithUnits[],
): Promise<ReadonlyMap<string, number>> {
  const marked = new Set(marks(host));
  const restarted = clones.filter(({ name }) => marked.has(name));
  const units = restarted.map(({ service }) => service.name);
  const properties = await readProperties(host, units, ['NRestarts']);
  const counts = restarted.map(
    ({ name, service }) => [name, numberOf(properties.get(service.name)?.NRestarts) ?? 0] as const,
  );
  return new Map(counts.filter(([, count]) => count > 0));
}

function marks({ names, root }: Host): string[] {
  try {
    return fs.readdirSync(root + restartedDirOf(names));
  } catch {
    // The first restart since the host booted creates the folder.
    return [];
  }
}
