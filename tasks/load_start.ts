import * as fs from 'node:fs';
import { checkPlan } from '../load/driver/check-plan.ts';
import { drive, finish } from '../load/driver/program.ts';
import { firstProgress, secondsOf } from '../load/driver/progress.ts';
import { describeTest, runningTest } from '../load/driver/running-test.ts';
import { removeOldTests, testFolder } from '../load/driver/test-folders.ts';
import { LOAD_FILES } from '../model/load/files.ts';
import { loadTestsOf, loadUnitOf } from '../model/names.ts';
import type { Answer, InputOf, TaskDefinition } from '../model/task.ts';
import { PROFILE_INPUT_MAX } from './lib/answer/input.ts';
import { TaskError } from './lib/contract/errors.ts';
import type { Host } from './lib/contract/host.ts';
import type { TaskContext } from './lib/contract/task-module.ts';
import { readFleet } from './lib/fleet/read-fleet.ts';

export const definition = {
  name: 'load_start',
  description: 'Start the driver of a load test, which runs the agents of clones when the test says so.',
  supportsNoop: false,
  private: true,
  inputMax: PROFILE_INPUT_MAX,
  parameters: {
    plan: {
      description: 'The test, as the plan load_test makes it.',
      schema: { type: 'object', additionalProperties: true },
      required: true,
    },
  },
} as const satisfies TaskDefinition;

/** Seconds that the driver gets to end in order: a minute for runs in progress, and one for clones to leave the test. */
const STOP_SECONDS = 180;

/**
 * Writes the plan to the folder of the test and starts the driver as a unit of its own, which survives this task.
 *
 * @throws TaskError `bad-input` if the plan is not one for this host, `test-running` if there is a test already,
 *   `test-not-started` if systemd refuses the unit
 */
export async function run({ plan }: InputOf<typeof definition>, { host }: TaskContext): Promise<Answer> {
  const test = checkPlan(plan, readFleet(host), host.now());
  const { id } = test;
  const running = await runningTest(host);
  const folder = testFolder(host, id);
  const remedy = `end it with the task ${host.names.module}::load_stop, or wait for its end`;
  if (running !== null) {
    throw new TaskError('test-running', `The load test ${running} is in progress: ${remedy}`, {
      id: running,
    });
  }
  if (fs.existsSync(folder)) {
    throw new TaskError('test-running', `There has been a load test ${id}: choose another id`, { id });
  }

  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  fs.writeFileSync(`${folder}/${LOAD_FILES.plan}`, JSON.stringify(test), { mode: 0o600 });
  fs.writeFileSync(`${folder}/${LOAD_FILES.progress}`, JSON.stringify(firstProgress(test, host.now())), {
    mode: 0o600,
  });
  fs.copyFileSync(process.argv[1] as string, `${folder}/${LOAD_FILES.program}`);
  removeOldTests(host);
  const { code, stderr } = await host.startUnit(driverUnit(host, id, secondsOf(test, host.now())));
  if (code !== 0) {
    throw new TaskError('test-not-started', `systemd does not start the load test ${id}: ${stderr.trim()}`, {
      id,
    });
  }
  return { id, folder: `${loadTestsOf(host.names)}/${id}`, begin: test.begin };
}

function driverUnit(host: Host, id: string, seconds: number) {
  const folder = `${loadTestsOf(host.names)}/${id}`;
  const program = [process.execPath, `${folder}/${LOAD_FILES.program}`];
  return {
    name: loadUnitOf(host.names),
    description: describeTest(id),
    properties: [
      `RuntimeMaxSec=${seconds}`,
      `TimeoutStopSec=${STOP_SECONDS}`,
      // Only the driver gets the signal, not the processes that connect it to clones.
      'KillMode=mixed',
      // Four files for each clone.
      'LimitNOFILE=65536',
      // Arrivals have to be on time.
      'Nice=-10',
      'OOMScoreAdjust=-500',
      `ExecStopPost=${[...program, 'finish', folder].join(' ')}`,
    ],
    command: [...program, 'drive', folder],
  };
}

/** The driver, and what systemd runs when it has ended. */
export async function program([mode, folder]: readonly string[], host: Host): Promise<void> {
  if (mode === 'drive') await drive(host, folder as string);
  else finish(host, folder as string, process.env.SERVICE_RESULT ?? 'unknown');
}
