import { Command } from 'commander';
import { selectionOf } from './selection.ts';

export const destroyCommand = new Command('destroy')
  .description('stop the lab and remove its files; host images are kept for the next one')
  .action(async (_, command: Command) => {
    const { lab } = await selectionOf(command);
    await lab.destroy();
    console.log('The lab is removed.');
  });
