import { expect, test } from '@jest/globals';
import { demandOf } from './fleet-limits.ts';

test('hosts that share a kernel need the sum of their demands', () => {
  const demand = { host: 256, clone: 6 };
  expect(demandOf(demand, 1, 100)).toBe(856);
  expect(demandOf(demand, 2, 100)).toBe(2 * 856);
});
