import { loadUnitOf } from '../../model/names.ts';
import type { Host } from '../../tasks/lib/contract/host.ts';
import { readProperties } from '../../tasks/lib/systemd/clone-units.ts';

/** Description of the driver's unit, with the id of its test. */
export function describeTest(id: string): string {
  return `Load test ${id}`;
}

/** Id of the test whose driver is running on this host; null if none is. */
export async function runningTest(host: Host): Promise<string | null> {
  const unit = `${loadUnitOf(host.names)}.service`;
  const { ActiveState, Description } =
    (await readProperties(host, [unit], ['ActiveState', 'Description'])).get(unit) ?? {};
  if (ActiveState === undefined || ActiveState === 'inactive' || ActiveState === 'failed') return null;
  return /^Load test (\S+)$/.exec(Description ?? '')?.[1] ?? null;
}
