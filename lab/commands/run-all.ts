import type { Command } from 'commander';
import { upSteps } from '../steps/bring-up.ts';
import { fleetSteps } from '../steps/fleet.ts';
import { prepareSteps } from '../steps/prepare.ts';
import { runSteps } from '../steps/run-steps.ts';
import { printFleets } from './print-fleets.ts';
import { selectionOf } from './selection.ts';

const NEXT = `
Try next:
  bin/lab bolt task run clone_army::status              show the fleet again
  bin/lab bolt task run clone_army::stop clones=clone1  stop a clone; clone_army::start starts it again
  bin/lab shell                                         open a shell on the host: machinectl list, machinectl shell clone1
  bin/lab down                                          stop the lab; bin/lab starts it again, bin/lab destroy removes it
`;

/** Without a command: brings the lab up, creates and starts the fleet, and shows it. */
export async function runAll(_: unknown, program: Command): Promise<void> {
  const { lab, release, clones, puppetdb } = await selectionOf(program);
  await runSteps([
    ...prepareSteps(),
    ...upSteps(lab, release, { puppetdb }),
    ...fleetSteps(lab.cloneHosts, lab.server(release), clones),
  ]);
  await printFleets(lab.cloneHosts);
  console.log(NEXT);
}
