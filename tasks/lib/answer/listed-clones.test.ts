import { describe, expect, test } from '@jest/globals';
import { listedClones } from './listed-clones.ts';

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

describe('listedClones', () => {
  const list = (all: number[], needs: (clone: number) => boolean, detail = false) =>
    listedClones(all, needs, 'those in need', detail);

  test('lists all of 200, without a word about it', () => {
    expect(list(upTo(200), () => false)).toEqual({ clones: upTo(200) });
  });

  test('lists of more those that need someone, and says so', () => {
    const { clones, note } = list(upTo(201), (clone) => clone > 199);
    expect(clones).toEqual([200, 201]);
    expect(note).toMatch(/^2 of 201 clones are listed: those in need, .*detail=true/);
  });

  test('lists no more than 200 of those either', () => {
    expect(list(upTo(1000), () => true).clones).toEqual(upTo(200));
  });

  test('lists all on request', () => {
    expect(list(upTo(1000), () => false, true)).toEqual({ clones: upTo(1000) });
  });
});
