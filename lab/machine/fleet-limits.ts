import { type Demand, KERNEL_LIMITS } from '../../model/limits.ts';
import { readSysctl, writeSysctl } from './sysctl.ts';

/**
 * Raises the kernel's limits to what the fleets of all hosts need together. Each host raises them only to its own need,
 * because it does not know that it shares a kernel.
 *
 * @param hosts - Number of hosts
 * @param clones - Number of clones on each
 * @returns Names of the settings that were too low
 */
export async function raiseLimits(hosts: number, clones: number): Promise<string[]> {
  const raised: string[] = [];
  for (const [name, demand] of Object.entries(KERNEL_LIMITS)) {
    const needed = demandOf(demand, hosts, clones);
    if (Number(await readSysctl(name)) >= needed) continue;
    await writeSysctl(name, String(needed));
    raised.push(name);
  }
  return raised;
}

/** What several equal fleets need of a limited resource. */
export function demandOf({ host, clone }: Demand, hosts: number, clones: number): number {
  return hosts * (host + clones * clone);
}
