import { describe, expect, test } from '@jest/globals';
import type { Roster } from '../../model/load/roster.ts';
import { fc } from '../../validation/testing/fast-check.ts';
import { rosterOf } from '../testing/profile.ts';
import { cloneOrder } from './order.ts';

const seed = fc.maxSafeNat();
const host = fc.dictionary(fc.constantFrom('debian', 'alma', 'suse'), fc.nat(40), { noNullPrototype: true });
const roster = fc
  .array(host, { minLength: 1, maxLength: 8 })
  .map((hosts) => rosterOf(...hosts))
  .filter((some) => clonesOf(some) > 0);

function clonesOf({ hosts }: Roster): number {
  return hosts.flatMap(({ groups }) => groups).reduce((sum, { clones }) => sum + clones, 0);
}

/** Turns in the order, as text. */
function turnsOf(roster: Roster, bases: readonly string[] | null, seed: number): string[] {
  const { hosts, clones } = cloneOrder(roster, bases, seed);
  return [...hosts].map((index, i) => `${index}/${clones[i]}`);
}

describe('cloneOrder', () => {
  test('has each clone once', () => {
    fc.assert(
      fc.property(roster, seed, (some, number) => {
        const want = some.hosts.flatMap(({ groups }, index) => {
          const count = groups.reduce((sum, { clones }) => sum + clones, 0);
          return Array.from({ length: count }, (_, clone) => `${index}/${clone}`);
        });
        expect(turnsOf(some, null, number).sort()).toEqual(want.sort());
      }),
    );
  });

  test('has neighbours on different hosts: as many as there are equal hosts are all on different ones', () => {
    const hosts = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(hosts, host, seed, (count, groups, number) => {
        const some = rosterOf(...Array.from({ length: count }, () => groups));
        fc.pre(clonesOf(some) > 0);
        const order = cloneOrder(some, null, number);
        const windows = Array.from({ length: order.hosts.length - count + 1 }, (_, i) =>
          order.hosts.subarray(i, i + count),
        );
        expect(windows.filter((window) => new Set(window).size < count)).toEqual([]);
      }),
    );
  });

  test('has hosts and base images in proportion to their clones, from the beginning up to every turn', () => {
    fc.assert(
      fc.property(roster, seed, (some, number) => {
        const order = cloneOrder(some, null, number);
        const total = order.hosts.length;
        const taken = new Map<string, number>();
        const sizes = new Map<string, number>();
        const add = (to: Map<string, number>, key: string, count: number) =>
          to.set(key, (to.get(key) ?? 0) + count);
        for (const { name, groups } of some.hosts) {
          for (const { base, clones } of groups) {
            add(sizes, name, clones);
            add(sizes, base, clones);
          }
        }
        let worst = 0;
        for (let i = 0; i < total; i++) {
          const { name, groups } = some.hosts[order.hosts[i] as number] as Roster['hosts'][number];
          add(taken, name, 1);
          add(taken, baseOf(groups, order.clones[i] as number), 1);
          for (const [key, size] of sizes) {
            worst = Math.max(worst, Math.abs((taken.get(key) ?? 0) - (size * (i + 1)) / total));
          }
        }
        expect(worst).toBeLessThan(2);
      }),
    );
  });

  test('has equal base images in both orders, so that neither always meets what happens at even gaps', () => {
    const pairs = (number: number) => {
      const { clones } = cloneOrder(rosterOf({ debian: 100, alma: 100 }), null, number);
      const bases = [...clones].map((clone) => (clone < 100 ? 'debian' : 'alma'));
      return bases.flatMap((base, i) => (i % 2 === 0 ? [`${base} ${bases[i + 1]}`] : []));
    };
    fc.assert(
      fc.property(seed, (number) => {
        const all = pairs(number);
        const first = all.filter((pair) => pair === 'debian alma').length;
        expect(new Set(all)).toEqual(new Set(['debian alma', 'alma debian']));
        expect(first).toBeGreaterThan(25);
        expect(first).toBeLessThan(75);
      }),
    );
  });

  test('takes only clones of the given base images, and keeps their numbers', () => {
    const some = rosterOf({ debian: 3, alma: 2 }, { alma: 1, debian: 2 });
    expect(turnsOf(some, ['alma'], 5).sort()).toEqual(['0/3', '0/4', '1/0']);
  });

  test('depends on the seed', () => {
    const some = rosterOf({ debian: 50 });
    expect(turnsOf(some, null, 1)).toEqual(turnsOf(some, null, 1));
    expect(turnsOf(some, null, 1)).not.toEqual(turnsOf(some, null, 2));
  });

  test('refuses a test without clones', () => {
    expect(() => cloneOrder(rosterOf({ debian: 3 }), ['alma'], 1)).toThrow(
      'No running clones of base images alma on host1: start some first',
    );
    expect(() => cloneOrder(rosterOf(), null, 1)).toThrow('No running clones on no host');
  });
});

function baseOf(groups: Roster['hosts'][number]['groups'], clone: number): string {
  let first = 0;
  for (const { base, clones } of groups) {
    first += clones;
    if (clone < first) return base;
  }
  throw new RangeError(`clone ${clone} is beyond the last one`);
}
