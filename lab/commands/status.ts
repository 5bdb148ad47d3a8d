import { Command } from 'commander';
import type { Host } from '../host/host.ts';
import { printFleets } from './print-fleets.ts';
import { selectionOf } from './selection.ts';

const NOT_UP = 3;

export const statusCommand = new Command('status')
  .description('show whether the lab is up, and its fleets')
  .action(async (_, command: Command) => {
    const { lab } = await selectionOf(command);
    if (await lab.hasRemains()) {
      console.log(
        `The lab "${lab.name}" is damaged: the systemd-nspawn of a host has ended, but its processes have not. ` +
          'bin/lab up boots it again, bin/lab down stops it.',
      );
      process.exitCode = NOT_UP;
      return;
    }
    const hosts = await describeHosts(lab.cloneHosts);
    if (hosts.length < lab.cloneHosts.length) {
      const state =
        hosts.length > 0 ? 'is up in part' : (await lab.host.exists()) ? 'is down' : 'does not exist';
      console.log([`The lab "${lab.name}" ${state}.`, ...hosts].join('\n'));
      process.exitCode = NOT_UP;
      return;
    }
    console.log([`The lab "${lab.name}" is up.`, ...hosts].join('\n'));
    await printFleets(lab.cloneHosts);
  });

/** A line for each host that is up. */
async function describeHosts(hosts: readonly Host[]): Promise<string[]> {
  const lines: string[] = [];
  for (const host of hosts) {
    const state = await host.state();
    if (state) lines.push(`  ${host.target}: ssh on 127.0.0.1:${state.port}, process ${state.pid}`);
  }
  return lines;
}
