import type { Progress } from '../../model/load/progress.ts';
import { TaskError } from '../../tasks/lib/contract/errors.ts';
import type { Host } from '../../tasks/lib/contract/host.ts';
import { hasEnded } from './progress.ts';
import { runningTest } from './running-test.ts';
import { readProgress, testFolder } from './test-folders.ts';

/**
 * Progress of a test. If its driver is gone without having said how the test ended, as after a reboot of the host, the
 * test has failed.
 *
 * @throws TaskError `no-test` if there is no progress at all
 */
export async function statusOf(host: Host, id: string): Promise<Progress> {
  const isRunning = (await runningTest(host)) === id;
  const progress = readProgress(testFolder(host, id));
  if (progress === undefined) {
    throw new TaskError('no-test', `The load test ${id} did not begin: its folder has no progress`, { id });
  }
  if (isRunning || hasEnded(progress.state)) return progress;
  return {
    ...progress,
    state: 'failed',
    running: 0,
    error: 'its driver ended without a word, as if the host had been restarted',
  };
}
