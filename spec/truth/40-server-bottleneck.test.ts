import { afterAll, beforeAll, expect } from '@jest/globals';
import { configureCapacity } from '../../lab/server/capacity.ts';
import { loadTest } from '../load/load-test.ts';
import { first, server } from './lab.ts';
import { truth } from './table.ts';

beforeAll(() => configureCapacity(server, { jrubies: 1, compileSeconds: 6 }));
afterAll(() => configureCapacity(server, {}));

/** Twice what one JRuby compiles, and little for the load host, which shares its processors with the server. */
const profile = {
  phases: [{ kind: 'steady', runs_per_minute: 18, for: '120s', warm_up: '30s' }],
  slo: ['p95(total) <= 10s'],
};

truth('bottleneck: server', 'with one JRuby and slow compilations, the server is named', async (found) => {
  const test = await loadTest([first], 'server-bottleneck', profile);
  const { result, exitCode } = await test.ended;
  found(result.verdict.text);
  expect(result.verdict).toMatchObject({ bottleneck: 'server', refused: false, passed: false });
  expect(result.verdict.evidence.join(' ')).toMatch(/JRubies/);
  expect(exitCode).not.toBe(0);
});
