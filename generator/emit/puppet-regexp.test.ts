import { describe, expect, test } from '@jest/globals';
import { puppetRegexp } from './puppet-regexp.ts';

describe('puppetRegexp', () => {
  test.each([
    { given: '^a$', want: '/\\Aa\\z/' },
    { given: '^(?!.*-(x|y)$)a$', want: '/\\A(?!.*-(x|y)\\z)a\\z/' },
    { given: '^https?://', want: '/\\Ahttps?:\\/\\//' },
    { given: '^a\\/b$', want: '/\\Aa\\/b\\z/' },
    { given: '^[^$/]$', want: '/\\A[^$\\/]\\z/' },
    { given: '^[\\]^$]$', want: '/\\A[\\]^$]\\z/' },
    { given: '^\\^\\$$', want: '/\\A\\^\\$\\z/' },
  ])('$given', ({ given, want }) => {
    expect(puppetRegexp(given)).toBe(want);
  });

  test('ignores "|" in groups and brackets when it looks for alternatives', () => {
    expect(puppetRegexp('^(a|(b|c))[|)]\\|$', { max: 9 })).toBe('/\\A(?=.{0,9}\\z)(a|(b|c))[|)]\\|\\z/');
  });
});
