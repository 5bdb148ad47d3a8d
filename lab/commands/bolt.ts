import { Command } from 'commander';
import { bolt } from '../bolt.ts';
import { selectionOf } from './selection.ts';

export const boltCommand = new Command('bolt')
  .description('run Bolt; the clone host is the default target')
  .argument('<words...>')
  .passThroughOptions()
  .allowUnknownOption()
  .helpOption(false)
  .action(async (words: string[], _, command: Command) => {
    const { lab } = await selectionOf(command);
    const { exitCode } = await bolt(lab.host, words, { stdio: 'inherit', reject: false });
    process.exitCode = exitCode ?? 1;
  });
