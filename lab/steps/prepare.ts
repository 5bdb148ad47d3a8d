import { execa } from 'execa';
import { installGems } from '../gems.ts';
import { installPackages, type PackageSet } from '../machine/packages.ts';
import { assertMachine } from '../machine/requirements.ts';
import { LABS, REPO } from '../paths.ts';
import type { Step } from './run-steps.ts';

/** Installs what the project's scripts need, and generates the module. */
export function toolSteps(packages: readonly PackageSet[]): Step[] {
  return [
    {
      title: 'Install packages',
      task: async (_, task) => {
        const installed = await installPackages(packages, (line) => (task.output = line));
        if (!installed) task.skip('Packages are installed');
      },
    },
    {
      title: 'Install gems (Bolt, Puppet)',
      task: async (_, task) => {
        if (!(await installGems())) task.skip('Gems are installed');
      },
    },
    {
      title: 'Generate the module',
      task: async () => {
        await execa('node', ['bin/clone-army.js', 'generate'], { cwd: REPO });
      },
    },
  ];
}

/** Fails unless this machine can run a lab. */
export function machineStep(): Step {
  return { title: 'Check this machine', task: () => assertMachine(LABS) };
}

/** Prepares this machine for a lab. */
export function prepareSteps(): Step[] {
  return [machineStep(), ...toolSteps(['ruby', 'lab'])];
}
