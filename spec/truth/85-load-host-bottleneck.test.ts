import { afterAll, afterEach, beforeEach, describe, expect } from '@jest/globals';
import { configureCapacity } from '../../lab/server/capacity.ts';
import { loadTest } from '../load/load-test.ts';
import { first, server } from './lab.ts';
import { truth } from './table.ts';

/** Busy loops for each processor. They end by themselves if this program is killed. */
const BURNERS = 8;
const BURN_SECONDS = 900;

const profile = {
  phases: [{ kind: 'steady', runs_per_minute: 24, for: '120s', warm_up: '30s' }],
  slo: ['p95(total) <= 10s'],
};

async function burn(): Promise<void> {
  const processors = Number(await first.output('nproc'));
  const loops = Array.from({ length: BURNERS * processors }, () => 'while :; do :; done &').join(' ');
  await first.output(
    `systemd-run --quiet --collect --unit=burners --property=RuntimeMaxSec=${BURN_SECONDS} sh -c '${loops} wait'`,
  );
}

beforeEach(burn);
afterEach(async () => {
  // A pattern, because the unit is gone if it has ended.
  await first.output("systemctl stop 'burners*'");
});
afterAll(() => configureCapacity(server, {}));

truth(
  'bottleneck: load host',
  'a load host that is busy otherwise is named, and the result refused',
  async (found) => {
    const test = await loadTest([first], 'load-host-bottleneck', profile);
    const { result, exitCode } = await test.ended;
    found(result.verdict.text);
    expect(result.verdict).toMatchObject({ bottleneck: 'load_host', refused: true, passed: false });
    expect(exitCode).not.toBe(0);
  },
);

describe('with one JRuby', () => {
  beforeEach(async () => configureCapacity(server, { jrubies: 1, compileSeconds: 5 }));

  truth('bottleneck: both', 'both are named, and the result refused', async (found) => {
    const test = await loadTest([first], 'both-bottlenecks', profile);
    const { result } = await test.ended;
    found(result.verdict.text);
    expect(result.verdict).toMatchObject({
      bottleneck: 'server_and_load_host',
      refused: true,
      passed: false,
    });
  });
});
