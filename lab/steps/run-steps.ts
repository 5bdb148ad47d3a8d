import { Listr, type ListrTask, PRESET_TIMER } from 'listr2';

export type Step = ListrTask<object>;

type ListrOptions = ConstructorParameters<typeof Listr<object>>[1];

/**
 * Runs steps in order and shows how long each takes: as a live list on a terminal, otherwise as lines. The list only
 * marks the step that fails; its error is thrown unchanged, for the caller to print.
 */
export async function runSteps(steps: readonly Step[]): Promise<void> {
  const timer = { ...PRESET_TIMER, condition: true };
  let failure: unknown;
  const list = steps.map((step) => ({
    ...step,
    task: async (...args: Parameters<Step['task']>) => {
      try {
        return await step.task(...args);
      } catch (error) {
        failure = error;
        throw new Error('see below');
      }
    },
  }));
  const listr = new Listr<object>(list, {
    renderer: process.env.CI ? 'simple' : 'default',
    fallbackRenderer: 'simple',
    rendererOptions: { timer, collapseSubtasks: false },
    fallbackRendererOptions: { timer },
  } as ListrOptions);
  await listr.run().catch((error) => {
    throw failure ?? error;
  });
}
