import fs from 'fs-extra';
import { DEFAULT_MODULE, namesOf } from '../../model/names.ts';
import { runTask } from '../bolt.ts';
import type { Host } from '../host/host.ts';

/** Prints the status task's table. */
export async function printFleet(host: Host): Promise<void> {
  // Without a fleet, the host lacks the Node.js that the task runs on.
  if (!(await fs.pathExists(host.file(namesOf(DEFAULT_MODULE).fleetFile)))) {
    console.log('It has no fleet yet. Create one: bin/lab');
    return;
  }
  const { value } = await runTask(host, 'clone_army::status');
  console.log(`\n${value._error?.msg ?? value._output}`);
}
