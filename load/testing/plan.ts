import type { Profile } from '../../model/load/profile.ts';
import type { TestPlan } from '../../model/load/roster.ts';
import { phaseOf, profileOf } from './profile.ts';

/** Begin of the tests of {@link planOf}, in milliseconds since 1970. */
export const BEGIN = Date.UTC(2026, 10, 24, 13);

/** A test of one minute with three clones on one host. */
export function planOf(more: Partial<TestPlan> = {}, profile: Partial<Profile> = {}): TestPlan {
  return {
    version: 1,
    id: 'steady-1',
    profile: profileOf([phaseOf([{ kind: 'interval', at: 0, length: 60_000, interval: 20_000 }])], profile),
    roster: { hosts: [{ name: 'host1.example', groups: [{ base: 'debian-13', clones: 3 }] }] },
    host: 0,
    clones: ['clone1', 'clone2', 'clone3'],
    server: 'puppet.example',
    begin: BEGIN,
    clock: null,
    samplesServer: true,
    concurrency: 10,
    ...more,
  };
}
