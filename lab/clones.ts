import { parseUnits } from '../tasks/lib/systemd/unit-lists.ts';
import type { Host } from './host.ts';

/**
 * Clones that systemd on a host calls active, in the order of their names.
 *
 * @param template - What the names of their units begin with, such as `puppet-clone-army@`
 */
export async function runningClones(host: Host, template: string): Promise<string[]> {
  const list = 'systemctl list-units --plain --no-legend --full --state=active';
  const { stdout } = await host.ssh([`${list} '${template}*.service'`]);
  const units = [...parseUnits(String(stdout)).keys()];
  return units.map((unit) => unit.slice(template.length, -'.service'.length)).sort();
}
