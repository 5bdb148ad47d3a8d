import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { install } from './check/install.ts';
import { runInLanes } from './check/lanes.ts';
import { ALL, FAST } from './check/suites.ts';
import { summaryOf } from './check/summary.ts';

const {
  values: { fast },
} = parseArgs({ options: { fast: { type: 'boolean', default: false } } });

await install({ fast });
const scratch = await mkdtemp(path.join(os.tmpdir(), 'clone-army-tests-'));
const outcomes = await runInLanes(fast ? FAST : ALL, scratch);
await rm(scratch, { recursive: true, force: true });

console.log(`\n${summaryOf(outcomes)}`);
process.exitCode = outcomes.some(({ failed }) => failed > 0) ? 1 : 0;
