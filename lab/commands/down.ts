import { Command } from 'commander';
import { selectionOf } from './selection.ts';

export const downCommand = new Command('down')
  .description('stop the lab and keep its files')
  .action(async (_, command: Command) => {
    const { lab } = await selectionOf(command);
    const { wasUp, sysctls } = await lab.down();
    console.log(wasUp ? 'The lab is down.' : 'The lab was not up.');
    if (sysctls.length > 0) console.log(`Kernel settings restored: ${sysctls.join(', ')}`);
  });
