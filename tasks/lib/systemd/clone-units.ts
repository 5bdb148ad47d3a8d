import type { Clone } from '../../../model/fleet.ts';
import { mountUnitOf, serviceOf } from '../../../model/names.ts';
import { TaskError } from '../contract/errors.ts';
import type { Host } from '../contract/host.ts';
import { parseJobs, parseProperties, parseUnits } from './unit-lists.ts';

/** A clone's service or mount, and what systemd is about to do with it. */
export interface Unit {
  readonly name: string;
  readonly load: string;
  readonly active: string;
  readonly job?: string;
}

/** A clone with what systemd says of it. */
export interface CloneWithUnits extends Clone {
  readonly service: Unit;
  readonly mount: Unit;
}

/** What a unit is of which systemd has no need to know: one that nothing wants and that does not run. */
const UNLOADED = { load: 'unloaded', active: 'inactive' };

/**
 * Asks systemd about all these clones at once.
 *
 * By lists and not by `systemctl show`: that has systemd work out all the properties of every unit, which after a
 * daemon-reload takes it 7 s for 1,000 clones (measured with systemd 252), and the lists take 0.03 s.
 */
export async function readUnits(host: Host, clones: readonly Clone[]): Promise<CloneWithUnits[]> {
  // Jobs before units: a job that ends in between is seen once more, rather than a state from before it ended.
  const jobs = parseJobs(await ask(host, ['list-jobs', '--no-legend', '--full']));
  const patterns = [serviceOf(host.names, '*'), mountUnitOf('*')];
  const units = parseUnits(
    await ask(host, ['list-units', '--all', '--plain', '--no-legend', '--full', ...patterns]),
  );

  const see = (name: string): Unit => ({ name, ...(units.get(name) ?? UNLOADED), job: jobs.get(name) });
  return clones.map((clone) => ({
    ...clone,
    service: see(serviceOf(host.names, clone.name)),
    mount: see(mountUnitOf(clone.name)),
  }));
}

/** Asks for properties of units, which is dear: see {@link readUnits}. */
export async function readProperties(
  host: Host,
  units: readonly string[],
  properties: readonly string[],
): Promise<Map<string, Record<string, string>>> {
  if (units.length === 0) return new Map();
  return parseProperties(await ask(host, ['show', `--property=Id,${properties.join(',')}`, ...units]));
}

async function ask(host: Host, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await host.systemctl(args);
  if (code === 0) return stdout;
  const problem = stderr.trim();
  throw new TaskError(
    'no-systemd',
    `systemd did not answer "systemctl ${args[0]}" (exit code ${code}): ${problem}`,
    { problem },
  );
}
