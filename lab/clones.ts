import { parseUnits } from '../tasks/lib/systemd/unit-lists.ts';
import type { Host } from './host/host.ts';

/**
 * Names of the clones that systemd on the host reports as active, sorted.
 *
 * @param unitPrefix - Prefix of the clones' units, such as `puppet-clone-army@`
 */
export async function runningClones(host: Host, unitPrefix: string): Promise<string[]> {
  const list = 'systemctl list-units --plain --no-legend --full --state=active';
  const units = [...parseUnits(await host.output(`${list} '${unitPrefix}*.service'`)).keys()];
  return units.map((unit) => unit.slice(unitPrefix.length, -'.service'.length)).sort();
}
