import fs from 'fs-extra';
import { DEFAULT_MODULE, namesOf } from '../../model/names.ts';
import { runTaskOn } from '../bolt.ts';
import type { Host } from '../host/host.ts';

/** Prints the status task's table for each host. */
export async function printFleets(hosts: readonly Host[]): Promise<void> {
  const { fleetFile } = namesOf(DEFAULT_MODULE);
  // Without a fleet, a host lacks the Node.js that the task runs on.
  const withFleet = hosts.filter((host) => fs.pathExistsSync(host.file(fleetFile)));
  for (const host of hosts) {
    if (!withFleet.includes(host)) console.log(`${host.target} has no fleet yet. Create one: bin/lab`);
  }
  if (withFleet.length === 0) return;
  for (const { target, value } of await runTaskOn(withFleet, 'clone_army::status')) {
    if (hosts.length > 1) console.log(`\n${target}`);
    console.log(`\n${value._error?.msg ?? value._output}`);
  }
}
