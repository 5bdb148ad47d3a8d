import { Command } from 'commander';
import { execa } from 'execa';
import { selectionOf } from './selection.ts';

export const shellCommand = new Command('shell')
  .description('open a shell on the clone host, or run one command there')
  .argument('[command...]')
  .option('--server', 'use the host that the Puppet server runs on')
  .passThroughOptions()
  .allowUnknownOption()
  .action(async (words: string[], options: { server?: boolean }, command: Command) => {
    const { lab, release } = await selectionOf(command);
    const host = options.server ? lab.server(release) : lab.host;
    const terminal = words.length === 0 ? ['-t'] : [];
    const args = [...terminal, ...(await host.sshArguments()), ...words];
    const { exitCode } = await execa('ssh', args, { stdio: 'inherit', reject: false });
    process.exitCode = exitCode ?? 1;
  });
