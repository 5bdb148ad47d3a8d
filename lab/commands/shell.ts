import { Command } from 'commander';
import { execa } from 'execa';
import { CLONE_HOSTS_MAX } from '../hosts.ts';
import { wholeNumber } from '../whole-number.ts';
import { selectionOf } from './selection.ts';

export const shellCommand = new Command('shell')
  .description('open a shell on the clone host, or run one command there')
  .argument('[command...]')
  .option('--host <number>', 'use another clone host than the first', wholeNumber(1, CLONE_HOSTS_MAX), 1)
  .option('--server', 'use the host that the Puppet server runs on')
  .passThroughOptions()
  .allowUnknownOption()
  .action(async (words: string[], options: { host: number; server?: boolean }, command: Command) => {
    const { lab, release } = await selectionOf(command);
    const host = options.server ? lab.server(release) : lab.cloneHost(options.host);
    const terminal = words.length === 0 ? ['-t'] : [];
    const args = [...terminal, ...(await host.sshArguments()), ...words];
    const { exitCode } = await execa('ssh', args, { stdio: 'inherit', reject: false });
    process.exitCode = exitCode ?? 1;
  });
