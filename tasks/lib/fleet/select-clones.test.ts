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
  test('takes all clones in the order of the fleet when nothing is said', () => {
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
    ['a comma list, in the order of the fleet', 'clone3, clone1,', ['clone1', 'clone3']],
    ['an array of lists', ['clone5', 'clone3,load-a1'], ['clone3', 'clone5', 'load-a1']],
    ['the same clone often', ['clone3', 'clone3', 'clone2-clone3'], ['clone2', 'clone3']],
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
    ['a near miss', 'clnoe3', 'unknown-clone', /there is no clone "clnoe3"; did you mean "clone3"/],
    ['a number too high', 'clone21', 'unknown-clone', /25 clones, clone1 to load-a1-b2/],
    ['a leading zero', 'clone03', 'unknown-clone', /did you mean "clone3"/],
    ['a pattern that matches none', 'node*', 'unknown-clone', /no clone matches "node\*"/],
    ['braces, which are no pattern', 'clone{1', 'unknown-clone', /no clone "clone\{1"/],
    [
      'a range past the end',
      'clone19-clone30',
      'bad-range',
      /"clone19-clone30" ends at "clone30", which the fleet does not have/,
    ],
    ['a range backwards', 'clone5-2', 'bad-range', /runs backwards; write "clone2-clone5"/],
    ['a range over two prefixes', 'clone5-load-a2', 'bad-range', /from one prefix to another/],
    ['nothing between commas', ' , ', 'bad-input', /leave it out for all/],
  ])('refuses %s', (_, wanted, reason, message) => {
    expect(() => namesFor(wanted)).toThrow(
      expect.objectContaining({ reason, message: expect.stringMatching(message) }),
    );
  });

  test('tells all problems at once, by the reason of the first', () => {
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
    ['all clones on it', undefined, 'debian-12', ['load-a1', 'load-a2', 'load-a3']],
    ['those of a list that stand on it', 'clone1,load-a2', 'debian-12', ['load-a2']],
    ['those on one of several', 'clone1,load-a2', [`debian-12,${DEFAULT}`], ['clone1', 'load-a2']],
  ])('takes %s', (_, clones, base, want) => {
    expect(names(clones, base)).toEqual(want);
  });

  test.each<[string, string | undefined, string, string, RegExp]>([
    [
      'a base that the fleet does not stand on',
      undefined,
      'debain-12',
      'unknown-base',
      /did you mean "debian-12"/,
    ],
    [
      'clones that all stand on another',
      'clone1',
      'debian-12',
      'unknown-clone',
      /none of these clones stands on debian-12/,
    ],
    ['nothing between commas', undefined, ',', 'bad-input', /base is ",", which names none/],
  ])('refuses %s', (_, clones, base, reason, message) => {
    expect(() => names(clones, base)).toThrow(
      expect.objectContaining({ reason, message: expect.stringMatching(message) }),
    );
  });
});
