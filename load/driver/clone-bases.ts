import type { TestPlan } from '../../model/load/roster.ts';

/** Base images of this host's clones, by the clones' numbers. */
export function basesOf({ roster, host }: Pick<TestPlan, 'roster' | 'host'>): string[] {
  const groups = roster.hosts[host]?.groups ?? [];
  return groups.flatMap(({ base, clones }) => Array<string>(clones).fill(base));
}
