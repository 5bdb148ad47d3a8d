import { describe, expect, test } from '@jest/globals';
import { listedClones } from './listed-clones.ts';

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

describe('listedClones', () => {
  const list = (all: number[], needsAttention: (clone: number) => boolean, detail = false) =>
    listedClones(all, needsAttention, 'those in need', detail);

  test('lists up to 200 clones without a note', () => {
    expect(list(upTo(200), () => false)).toEqual({ clones: upTo(200) });
  });

  test('lists only those that need attention if there are more, with a note', () => {
    const { clones, note } = list(upTo(201), (clone) => clone > 199);
    expect(clones).toEqual([200, 201]);
    expect(note).toMatch(/^2 of 201 clones are listed: those in need .*detail=true/);
  });

  test('lists at most 200 that need attention', () => {
    expect(list(upTo(1000), () => true).clones).toEqual(upTo(200));
  });

  test('lists all on request', () => {
    expect(list(upTo(1000), () => false, true)).toEqual({ clones: upTo(1000) });
  });
});
