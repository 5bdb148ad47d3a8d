import { Command } from 'commander';
import { serverStep, upSteps } from '../steps/bring-up.ts';
import { prepareSteps } from '../steps/prepare.ts';
import { runSteps } from '../steps/run-steps.ts';
import { selectionOf } from './selection.ts';

export const upCommand = new Command('up')
  .description('start the clone hosts and the Puppet server')
  .action(async (_, command: Command) => {
    const { lab, release, puppetdb } = await selectionOf(command);
    await runSteps([...prepareSteps(), ...upSteps(lab, release, { puppetdb }), serverStep()]);
  });
