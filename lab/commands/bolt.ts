import { Command } from 'commander';
import { boltOn } from '../bolt.ts';
import { selectionOf } from './selection.ts';

export const boltCommand = new Command('bolt')
  .description('run Bolt; all clone hosts are the default targets')
  .argument('<words...>')
  .passThroughOptions()
  .allowUnknownOption()
  .helpOption(false)
  .action(async (words: string[], _, command: Command) => {
    const { lab } = await selectionOf(command);
    const { exitCode } = await boltOn(lab.cloneHosts, words, { stdio: 'inherit', reject: false });
    process.exitCode = exitCode ?? 1;
  });
