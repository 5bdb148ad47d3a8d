import { describe, expect, test } from '@jest/globals';
import { DURATION, milliseconds } from './duration.ts';

const pattern = new RegExp(DURATION.pattern);

describe('milliseconds', () => {
  test.each([
    ['500ms', 500],
    ['90s', 90_000],
    ['1.5s', 1500],
    ['30m', 1_800_000],
    ['1h30m', 5_400_000],
    ['2d', 172_800_000],
    ['1d2h3m4s5ms', 93_784_005],
  ])('%s', (text, want) => {
    expect(text).toMatch(pattern);
    expect(milliseconds(text)).toBe(want);
  });
});

describe('a duration', () => {
  test.each(['', '90', 's', '90 s', '-1s', '1h30', '1w', '1.s', '99999999s'])('is not "%s"', (text) => {
    expect(text).not.toMatch(pattern);
  });
});
