import { Command } from 'commander';
import { boltCommand } from './commands/bolt.ts';
import { destroyCommand } from './commands/destroy.ts';
import { downCommand } from './commands/down.ts';
import { capacityCommand, loadCommand } from './commands/load.ts';
import { runAll } from './commands/run-all.ts';
import { addSelectionOptions } from './commands/selection.ts';
import { serverCommand } from './commands/server.ts';
import { shellCommand } from './commands/shell.ts';
import { statusCommand } from './commands/status.ts';
import { upCommand } from './commands/up.ts';
import { runProgram } from './run-program.ts';

const program = new Command('bin/lab')
  .description(
    'Runs clone hosts, a real Puppet server and fleets of clones on this machine.\nWithout a command: brings the lab up, creates the fleets and waits until they have checked in.',
  )
  .enablePositionalOptions()
  .action(runAll);

addSelectionOptions(program);
for (const command of [
  upCommand,
  shellCommand,
  boltCommand,
  statusCommand,
  serverCommand,
  loadCommand,
  capacityCommand,
  downCommand,
  destroyCommand,
]) {
  program.addCommand(command);
}

await runProgram(program);
