import { progressText } from '../load/driver/progress-text.ts';
import { runningTest } from '../load/driver/running-test.ts';
import { chooseTest } from '../load/driver/test-folders.ts';
import { statusOf } from '../load/driver/test-status.ts';
import { loadUnitOf } from '../model/names.ts';
import type { Answer, InputOf, TaskDefinition } from '../model/task.ts';
import { TEST_ID } from './lib/answer/parameters.ts';
import { TaskError } from './lib/contract/errors.ts';
import type { TaskContext } from './lib/contract/task-module.ts';
import { readFleet } from './lib/fleet/read-fleet.ts';

export const definition = {
  name: 'load_stop',
  description:
    'End a load test on this host: nothing more starts, and runs in progress get a minute. What it has recorded is kept.',
  supportsNoop: true,
  parameters: { id: TEST_ID },
} as const satisfies TaskDefinition;

/** Milliseconds between two looks at the driver, and the most that it takes to end. */
const PAUSE = 500;
const PATIENCE = 200_000;

/**
 * Ends the test and waits for its driver.
 *
 * @throws TaskError `no-test` if there is no such test, `timeout` if its driver does not end
 */
export async function run({ id }: InputOf<typeof definition>, { host, noop }: TaskContext): Promise<Answer> {
  const fleet = readFleet(host);
  const running = await runningTest(host);
  const chosen = chooseTest(host, id ?? running ?? undefined);
  const isRunning = running === chosen;
  if (isRunning && !noop) {
    const unit = `${loadUnitOf(host.names)}.service`;
    await host.systemctl(['stop', '--no-block', unit]);
    const deadline = host.uptime() + PATIENCE;
    while ((await runningTest(host)) === chosen) {
      if (host.uptime() > deadline) {
        const message = `The driver of the load test ${chosen} does not end: see journalctl -u ${unit}`;
        throw new TaskError('timeout', message, { id: chosen });
      }
      await host.sleep(PAUSE);
    }
  }
  const progress = await statusOf(host, chosen);
  const result = isRunning ? 'changed' : 'in_sync';
  return { ...(noop ? { noop } : {}), result, ...progress, _output: progressText(fleet.host, progress) };
}
