import { describe, expect, test } from '@jest/globals';
import { fleetOf } from '../../testing/host.ts';
import { selectClones } from './select-clones.ts';

const FLEET = fleetOf(
  { count: 20 },
  { prefix: 'load-a', base: 'debian-12', count: 3 },
  { prefix: 'load-a1-b', count: 2 },
);

function namesFor(wanted?: string | string[]): string[] {
  return selectClones(FLEET, { clones: wanted }).map(({ name }) => name);
}

describe('select', () => {
  test('selects all clones in fleet order by default', () => {
    const names = namesFor();
    expect(names).toHaveLength(25);
    expect([names[0], names[19], names[20], names[24]]).toEqual([
      'clone1',
      'clone20',
      'load-a1',
      'load-a1-b2',
    ]);
  });

  test.each<[string, string | string[], string[]]>([
    ['a name', 'clone3', ['clone3']],
    ['a comma-separated list, returned in fleet order', 'clone3, clone1,', ['clone1', 'clone3']],
    ['an array of lists', ['clone5', 'clone3,load-a1'], ['clone3', 'clone5', 'load-a1']],
    ['repeated clones', ['clone3', 'clone3', 'clone2-clone3'], ['clone2', 'clone3']],
    ['a range', 'clone9-clone11', ['clone9', 'clone10', 'clone11']],
    ['a short range', 'clone9-11', ['clone9', 'clone10', 'clone11']],
    ['a range of one', 'clone9-clone9', ['clone9']],
    ['a range of a prefix with a dash', 'load-a1-load-a2', ['load-a1', 'load-a2']],
    ['a name that looks like a range', 'load-a1-b2', ['load-a1-b2']],
    ['a range of a prefix with a digit', 'load-a1-b1-load-a1-b2', ['load-a1-b1', 'load-a1-b2']],
    ['a pattern', 'clone1?', Array.from({ length: 10 }, (_, i) => `clone${10 + i}`)],
    ['a pattern with brackets', 'load-a[13]', ['load-a1', 'load-a3']],
    ['a pattern that begins with a star', '*b1', ['load-a1-b1']],
  ])('%s', (_, wanted, names) => {
    expect(namesFor(wanted)).toEqual(names);
  });

  test.each<[string, string | string[], string, RegExp]>([
    ['a misspelled name', 'clnoe3', 'unknown-clone', /unknown clone "clnoe3" \(did you mean "clone3"\?\)/],
    [
      'a number that is too high',
      'clone21',
      'unknown-clone',
      /unknown clone "clone21"[.] This fleet has 25 clones, clone1 to load-a1-b2/,
    ],
    ['a leading zero', 'clone03', 'unknown-clone', /did you mean "clone3"/],
    ['a pattern that matches none', 'node*', 'unknown-clone', /no clone matches "node\*"/],
    ['braces, which are not supported in patterns', 'clone{1', 'unknown-clone', /unknown clone "clone\{1"/],
    [
      'a range past the end',
      'clone19-clone30',
      'bad-range',
      /"clone19-clone30" refers to "clone30", outside this fleet/,
    ],
    ['a range that runs backwards', 'clone5-2', 'bad-range', /runs backwards; use "clone2-clone5"/],
    ['a range with two prefixes', 'clone5-load-a2', 'bad-range', /mixes two prefixes/],
    ['an empty list', ' , ', 'bad-input', /omit it to select all/],
  ])('refuses %s', (_, wanted, reason, message) => {
    expect(() => namesFor(wanted)).toThrow(
      expect.objectContaining({ reason, message: expect.stringMatching(message) }),
    );
  });

  test('reports all problems at once, with the reason of the first one', () => {
    expect(() => namesFor('clone5-2,nobody')).toThrow(
      expect.objectContaining({
        reason: 'bad-range',
        details: {
          problems: [expect.stringContaining('backwards'), expect.stringContaining('nobody')],
          clones: 25,
        },
      }),
    );
  });
});

describe('select by base', () => {
  const DEFAULT = FLEET.groups[0]?.base as string;
  const names = (clones: string | undefined, base: string | string[]) =>
    selectClones(FLEET, { clones, base }).map(({ name }) => name);

  test.each<[string, string | undefined, string | string[], string[]]>([
    ['all clones on a base image', undefined, 'debian-12', ['load-a1', 'load-a2', 'load-a3']],
    ['clones of a list that are on it', 'clone1,load-a2', 'debian-12', ['load-a2']],
    [
      'clones on one of several base images',
      'clone1,load-a2',
      [`debian-12,${DEFAULT}`],
      ['clone1', 'load-a2'],
    ],
  ])('selects %s', (_, clones, base, want) => {
    expect(names(clones, base)).toEqual(want);
  });

  test.each<[string, string | undefined, string, string, RegExp]>([
    ['an unknown base image', undefined, 'debain-12', 'unknown-base', /did you mean "debian-12"/],
    [
      'clones that are all on another base image',
      'clone1',
      'debian-12',
      'unknown-clone',
      /none of these clones uses base image debian-12/,
    ],
    ['an empty list', undefined, ',', 'bad-input', /base is ",", which contains no names/],
  ])('refuses %s', (_, clones, base, reason, message) => {
    expect(() => names(clones, base)).toThrow(
      expect.objectContaining({ reason, message: expect.stringMatching(message) }),
    );
  });
});
