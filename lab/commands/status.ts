import { Command } from 'commander';
import { printFleet } from './print-fleet.ts';
import { selectionOf } from './selection.ts';

const NOT_UP = 3;

export const statusCommand = new Command('status')
  .description('show whether the lab is up, and its fleet')
  .action(async (_, command: Command) => {
    const { lab } = await selectionOf(command);
    const state = await lab.host.state();
    if (await lab.hasRemains()) {
      console.log(
        `The lab "${lab.name}" is damaged: the systemd-nspawn of a host has ended, but its processes have not. ` +
          'bin/lab up boots it again, bin/lab down stops it.',
      );
      process.exitCode = NOT_UP;
      return;
    }
    if (!state) {
      console.log(`The lab "${lab.name}" ${(await lab.host.exists()) ? 'is down' : 'does not exist'}.`);
      process.exitCode = NOT_UP;
      return;
    }
    console.log(`The lab "${lab.name}" is up: ssh on 127.0.0.1:${state.port}, process ${state.pid}.`);
    await printFleet(lab.host);
  });
