import { Command } from 'commander';
import { Lab } from '../lab/lab.ts';
import type { Release } from '../lab/release.ts';
import { runProgram } from '../lab/run-program.ts';
import { serverStep, upSteps } from '../lab/steps/bring-up.ts';
import { prepareSteps } from '../lab/steps/prepare.ts';
import { runSteps, type Step } from '../lab/steps/run-steps.ts';
import { installEarlier } from './earlier.ts';
import { describeMachine } from './machine.ts';
import { addOptions, type Options, PARTS } from './options.ts';
import { Recorder } from './recorder.ts';
import { text } from './report.ts';
import { applySteps } from './steps/applies.ts';
import { Bench } from './steps/bench.ts';
import { checkInSteps } from './steps/check-ins.ts';
import { fleetSteps } from './steps/fleets.ts';

const RELEASE: Release = { os: 'Debian', suite: 'trixie' };
const BASE = 'debian-13';

const STEPS = { applies: applySteps, fleets: fleetSteps, 'check-ins': checkInSteps };

/** Builds the base image, which the steps of all parts need, then measures. */
function benchSteps(bench: Bench, recorder: Recorder, options: Options): Step[] {
  const parts = options.only ? [options.only] : PARTS;
  const image = bench.step('Build the base image', bench.module('timer'), async (side) => {
    await side.apply(1);
    recorder.machine = await describeMachine(bench.host);
  });
  return [
    image,
    ...(options.against ? earlierSteps(bench, options.against) : []),
    ...parts.flatMap((part) => STEPS[part](bench, options)),
  ];
}

function earlierSteps(bench: Bench, revision: string): Step[] {
  return [
    {
      title: `Generate the module of ${revision}`,
      task: () => installEarlier(bench.host, revision),
    },
    bench.step('Build its base image', bench.module('timer, earlier'), async (side) => {
      await side.apply(1);
    }),
  ];
}

async function runBench(options: Options): Promise<void> {
  const lab = new Lab('bench');
  const recorder = new Recorder(options.json, process.argv.slice(2));
  const bench = new Bench(lab.host, recorder, BASE);
  await lab.destroy();
  try {
    await runSteps([
      ...prepareSteps(),
      ...upSteps(lab, RELEASE),
      serverStep(),
      ...benchSteps(bench, recorder, options),
    ]);
  } finally {
    const results = await recorder.save();
    if (results) console.log(`\n${text(results)}\nIn JSON: ${options.json}`);
    // If a step failed, the lab is kept for inspection, but this machine's kernel settings are restored.
    await lab.down();
  }
  await lab.destroy();
}

const program = new Command('bench').description(
  'Compares this module with a plain design, which has a define per clone, in a lab of its own.\nPrints a table and writes JSON.',
);
await runProgram(addOptions(program).action(runBench));
