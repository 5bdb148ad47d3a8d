import type { Answer, InputOf, TaskDefinition } from '../model/task.ts';
import { BASE, CLONES, DETAIL, TIMEOUT } from './lib/answer/parameters.ts';
import type { TaskContext } from './lib/contract/task-module.ts';
import { restartOf } from './lib/fleet/restart.ts';
import { runTransition } from './lib/fleet/transition.ts';

export const definition = {
  name: 'restart',
  description:
    'Restart running clones, a few at a time, so that they use the current images, patches and settings. Clones that are down stay down.',
  supportsNoop: true,
  parameters: { clones: CLONES, base: BASE, timeout: TIMEOUT, detail: DETAIL },
} as const satisfies TaskDefinition;

/** Restarts running clones. Like `systemctl try-restart`, it never starts a clone that is down, even if it is named. */
export function run(input: InputOf<typeof definition>, context: TaskContext): Promise<Answer> {
  return runTransition(restartOf(context.host), input, context);
}
