import { expect, test } from '@jest/globals';
import { planOf } from '../testing/plan.ts';
import { Churn } from './churn.ts';

const arrival = (seconds: number, clone: number) => ({
  number: 0,
  at: seconds * 1000,
  phase: 0,
  host: 0,
  clone,
});

const workload = { facts: null, agentOptions: [], churn: 60 };

test('gives clones new names at even distances, which they keep', () => {
  const churn = new Churn(planOf({}, { workload }));
  const names = [0, 29, 30, 31, 60, 89, 91].map((seconds, i) => churn.nameFor(arrival(seconds, i % 3)));
  const [first, second] = [names[2], names[6]];
  expect(first).toMatch(/^clone3-[0-9a-f]{8}-1\.host1\.example$/);
  expect(second).toMatch(/^clone1-[0-9a-f]{8}-2\.host1\.example$/);
  expect(names).toEqual([undefined, undefined, first, undefined, undefined, first, second]);
});

test('changes as many as its share of all hosts', () => {
  const groups = [{ base: 'debian-13', clones: 3 }];
  const hosts = [1, 2, 3].map((i) => ({ name: `host${i}`, groups }));
  const churn = new Churn(planOf({ roster: { hosts }, host: 1 }, { workload }));
  const names = Array.from({ length: 3600 }, (_, second) => churn.nameFor(arrival(second, second % 3)));
  expect(new Set(names.filter((name) => name !== undefined)).size).toBe(20);
});

test('another test has other names', () => {
  const [one, other] = ['a', 'b'].map((id) =>
    new Churn(planOf({ id }, { workload })).nameFor(arrival(40, 0)),
  );
  expect(one).not.toBe(other);
});

test('does nothing without churn', () => {
  expect(new Churn(planOf()).nameFor(arrival(86_400, 0))).toBeUndefined();
});
