import { Command } from 'commander';
import { configureCapacity } from '../server/capacity.ts';
import { wholeNumber } from '../whole-number.ts';
import { selectionOf } from './selection.ts';

export const serverCommand = new Command('server')
  .description('give the Puppet server a known capacity, and restart it; without options, its own')
  .option('--jrubies <n>', 'number of JRubies (default: by the number of processors)', wholeNumber(1))
  .option('--compile-seconds <s>', 'seconds that each compilation sleeps, holding its JRuby', Number, 0)
  .action(async (options: { jrubies?: number; compileSeconds: number }, command: Command) => {
    const { lab, release } = await selectionOf(command);
    await configureCapacity(lab.server(release), options);
    const { jrubies, compileSeconds } = options;
    console.log(
      `JRubies: ${jrubies ?? 'by the number of processors'}. Seconds added to a compilation: ${compileSeconds}.`,
    );
  });
