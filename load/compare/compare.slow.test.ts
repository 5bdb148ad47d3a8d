import { expect, test } from '@jest/globals';
import { BOTH, shortResult } from '../testing/short-result.ts';
import { compare } from './compare.ts';

test('compare claims nothing about 40 pairs of equal base images, about the parts of their runs either', () => {
  const claimed = Array.from({ length: 40 }, (_, seed) => {
    const equal = shortResult(seed, { minutes: 3, groups: BOTH });
    const options = { beforeGroup: 'debian-12', afterGroup: 'debian-13', maxRegression: 0 };
    return compare([equal], [equal], options).figures.filter(({ verdict }) => verdict !== 'no_claim');
  });
  expect(claimed.flat()).toEqual([]);
});
