import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect } from '@jest/globals';
import fs from 'fs-extra';
import { SETTINGS } from '../../lab/server/paths.ts';
import { restartServer } from '../../lab/server/restart.ts';
import type { RunRecord } from '../../model/load/record.ts';
import { DelayProxy } from '../load/delay-proxy.ts';
import { LoadTest } from '../load/load-test.ts';
import { median } from '../load/statistics.ts';
import { first, server } from './lab.ts';
import { truth } from './table.ts';

/** Milliseconds that the proxy adds to what agents send. */
const DELAY = 100;

/** Of phases with and without delay in turn, so that a drift of the machine's speed affects both alike. */
const PHASES = 8;
const PHASE_MS = 45_000;

/** Parts of a run in which the agent asks the server nothing. */
const LOCAL = ['fact_generation', 'convert_catalog', 'transaction_evaluation'] as const;

const proxy = new DelayProxy(8140, 8141);

beforeAll(async () => {
  await moveServer(8141);
});

afterAll(async () => {
  await proxy.stop();
  await moveServer(8140);
});

const profile = {
  phases: Array.from({ length: PHASES }, () => ({
    kind: 'steady',
    runs_per_minute: 15,
    for: `${PHASE_MS}ms`,
  })),
  slo: ['failed = 0'],
};

truth(
  'delay',
  '100 ms before the port of the server show in what talks to it, and nowhere else',
  async (found) => {
    const test = new LoadTest([first], 'delay', profile);
    const { begin } = await test.plan(first);
    for (let phase = 0; phase < PHASES; phase++) {
      await sleep(begin + phase * PHASE_MS - Date.now());
      proxy.delay = isDelayed(phase) ? DELAY : 0;
    }
    await test.ended;
    proxy.delay = 0;

    const runs = (await test.records(first)).filter((run) => isWithinPhase(run, begin));
    const [plain, delayed] = [
      runs.filter(({ phase }) => !isDelayed(phase)),
      runs.filter(({ phase }) => isDelayed(phase)),
    ];
    found(`${plain.length} runs without and ${delayed.length} with delay`);
    const added = (metric: keyof NonNullable<RunRecord['seconds']>) =>
      1000 * (median(secondsOf(delayed, metric)) - median(secondsOf(plain, metric)));
    found(`config_retrieval, one request: ${added('config_retrieval').toFixed(1)} ms more`);
    expect(Math.abs(added('config_retrieval') - DELAY)).toBeLessThanOrEqual(5);
    for (const metric of LOCAL) {
      found(`${metric}: ${added(metric).toFixed(1)} ms more`);
      expect(Math.abs(added(metric))).toBeLessThan(DELAY / 4);
    }
  },
);

const isDelayed = (phase: number) => phase % 2 === 1;

/** Whether all of a run's requests had the delay of its phase. */
function isWithinPhase({ due, ended, phase }: RunRecord, begin: number): boolean {
  const from = begin + phase * PHASE_MS;
  return due >= from + DELAY && ended !== null && ended < from + PHASE_MS;
}

function secondsOf(runs: readonly RunRecord[], metric: keyof NonNullable<RunRecord['seconds']>): number[] {
  return runs.flatMap(({ seconds }) => seconds?.[metric] ?? []);
}

/** Moves the server to another port, with the proxy on its own. */
async function moveServer(port: number): Promise<void> {
  const file = server.file(`${SETTINGS}/webserver.conf`);
  const text = await fs.readFile(file, 'utf8');
  await fs.writeFile(file, text.replace(/ssl-port: \d+/, `ssl-port: ${port}`));
  // The server gives up its port before the proxy takes it, and takes it only after the proxy has gone.
  if (port !== 8140) {
    await server.ssh(['systemctl stop puppetserver.service']);
    await proxy.start();
  }
  await restartServer(server);
}
