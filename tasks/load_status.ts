import { progressText } from '../load/driver/progress-text.ts';
import { chooseTest } from '../load/driver/test-folders.ts';
import { statusOf } from '../load/driver/test-status.ts';
import type { Answer, InputOf, TaskDefinition } from '../model/task.ts';
import { TEST_ID } from './lib/answer/parameters.ts';
import type { TaskContext } from './lib/contract/task-module.ts';
import { readFleet } from './lib/fleet/read-fleet.ts';

export const definition = {
  name: 'load_status',
  description: 'Show the progress of a load test on this host. Changes nothing.',
  supportsNoop: true,
  parameters: { id: TEST_ID },
} as const satisfies TaskDefinition;

/**
 * Reports the progress that the driver last wrote.
 *
 * @throws TaskError `no-test` if there is no such test
 */
export async function run({ id }: InputOf<typeof definition>, { host }: TaskContext): Promise<Answer> {
  const progress = await statusOf(host, chooseTest(host, id));
  return { ...progress, _output: progressText(readFleet(host).host, progress) };
}
