import path from 'node:path';
import { expect } from '@jest/globals';
import fs from 'fs-extra';
import { waitUntil } from '../../lab/wait.ts';
import type { Result } from '../../model/load/result.ts';
import { LoadTest, steady } from '../load/load-test.ts';
import { first, server } from './lab.ts';
import { truth } from './table.ts';

truth(
  'cold server',
  'the server restarts before the test, and its report is there while it runs',
  async (found) => {
    const before = Date.now();
    const test = new LoadTest([first], 'cold', steady(6, '150s'), {
      server: server.target,
      restart_server: true,
      live: true,
    });
    const { begin } = await test.plan(first);
    const restarted = await startOfServer();
    found(`the server was up ${((begin - restarted) / 1000).toFixed(0)} s before the first run`);
    expect(restarted).toBeGreaterThan(before);
    expect(restarted).toBeLessThan(begin);

    const json = path.join(test.folder, 'result.json');
    await waitUntil(() => fs.pathExists(json), {
      timeoutMs: begin + 140_000 - Date.now(),
      intervalMs: 1000,
      timeoutError: () => new Error('there is no result before the end of the test'),
    });
    const soFar: Result = await fs.readJson(json);
    found(`a report after ${((Date.now() - begin) / 1000).toFixed(0)} s: ${soFar.verdict.text}`);
    expect(soFar.verdict.text).toContain('still runs');
    expect(await fs.readFile(path.join(test.folder, 'report.html'), 'utf8')).toContain(
      'http-equiv="refresh"',
    );

    const { result } = await test.ended;
    expect(result.verdict.text).not.toContain('still runs');
    const slowest = result.windows.map(({ max }) => max ?? 0);
    found(
      `the first runs took ${Math.max(...slowest.slice(0, 20)).toFixed(1)} s at most, the last ${Math.max(...slowest.slice(-40)).toFixed(1)} s`,
    );
  },
);

/** When the server became ready, in milliseconds since 1970. */
async function startOfServer(): Promise<number> {
  const property = 'systemctl show puppetserver.service --property=ActiveEnterTimestamp --value';
  return Number(await server.output(`date --date="$(${property})" +%s%3N`));
}
