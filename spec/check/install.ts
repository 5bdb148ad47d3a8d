import path from 'node:path';
import { execa } from 'execa';
import { REPO } from '../../lab/paths.ts';
import { toolSteps } from '../../lab/steps/prepare.ts';
import { runSteps } from '../../lab/steps/run-steps.ts';

/**
 * Installs what the suites need, before any of them runs: suites would otherwise find packages half-installed.
 *
 * @param fast - Leaves out what only the lab needs
 */
export async function install({ fast }: { fast: boolean }): Promise<void> {
  await runSteps([
    ...toolSteps(['ruby', 'checks', 'rpm', 'vendors', ...(fast ? [] : (['lab'] as const))]),
    {
      title: 'Install the Node.js releases that the tasks are tested on',
      task: async () => {
        await execa('npm', ['ci', '--no-audit', '--no-fund'], { cwd: path.join(REPO, 'spec/node') });
      },
    },
  ]);
}
