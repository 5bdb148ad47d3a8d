import type { Host } from '../host/host.ts';
import { configurePuppetdb, hasPuppetdb, installPuppetdb } from '../server/puppetdb.ts';
import type { Step } from './run-steps.ts';

/** Gives the server a PuppetDB, unless it has one. It then starts with its host. */
export function puppetdbSteps(server: Host): Step[] {
  return [
    {
      title: 'Install PuppetDB and PostgreSQL',
      task: async (_, task) => {
        if (await hasPuppetdb(server)) task.skip('PuppetDB is installed');
        else await installPuppetdb(server);
      },
    },
    {
      title: 'Connect the server to PuppetDB',
      task: async (_, task) => {
        if (await hasPuppetdb(server)) task.skip('The server is connected to PuppetDB');
        else await configurePuppetdb(server);
      },
    },
  ];
}
