import path from 'node:path';
import { execa } from 'execa';
import { osRelease } from '../../lab/machine/os-release.ts';
import type { PackageSet } from '../../lab/machine/packages.ts';
import { REPO } from '../../lab/paths.ts';
import { imageStep } from '../../lab/steps/host.ts';
import { machineStep, toolSteps } from '../../lab/steps/prepare.ts';
import { runSteps, type Step } from '../../lab/steps/run-steps.ts';
import { host, release } from '../acceptance/support.ts';

/**
 * Installs what the suites need, before any of them runs: suites would otherwise find packages half-installed.
 *
 * @param fast - Leaves out what only the lab and other slow tests need
 */
export async function install({ fast }: { fast: boolean }): Promise<void> {
  const { id } = await osRelease();
  const packages: PackageSet[] = ['ruby', 'checks'];
  if (!fast) packages.push('rpm', 'vendors', 'lab');
  if (!fast && id !== 'ubuntu') packages.push('browser');
  const [system, ...tools] = toolSteps(packages) as [Step, ...Step[]];
  const independent = [...tools, ...(fast ? [] : [nodeStep(), imageStep(release, host.label)])];
  await runSteps([
    ...(fast ? [] : [machineStep()]),
    system,
    {
      title: 'Install tools',
      task: (_, task) => task.newListr(independent, { concurrent: true }),
    },
  ]);
}

function nodeStep(): Step {
  return {
    title: 'Install the Node.js releases that the tasks are tested on',
    task: async () => {
      await execa('npm', ['ci', '--no-audit', '--no-fund'], { cwd: path.join(REPO, 'spec/node') });
    },
  };
}
