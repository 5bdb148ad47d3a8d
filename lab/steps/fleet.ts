import { applyCode, type Result, runTask } from '../bolt.ts';
import { LabError } from '../errors.ts';
import type { Host } from '../host/host.ts';
import { SERVER } from '../hosts.ts';
import { waitForCheckIns } from '../server/check-ins.ts';
import { serverStep } from './bring-up.ts';
import type { Step } from './run-steps.ts';

/** Applies the class, starts the fleet and waits until every clone has checked in. */
export function fleetSteps(host: Host, server: Host, clones: number): Step[] {
  const code = `class { 'clone_army': master => '${SERVER}', num_clones => ${clones} }`;
  const names = Array.from({ length: clones }, (_, i) => `clone${i + 1}.${host.certname}`);
  const began = Date.now();
  let reportsSince = 0;
  return [
    { title: `bolt apply -e "${code}"`, task: () => apply(host, code) },
    // Not earlier: the server starts while the class is applied.
    serverStep(),
    {
      title: 'bolt task run clone_army::start',
      task: async (_, task) => {
        const { totals } = await start(host);
        // Clones that were already running will not send a report soon.
        if (totals.changed === clones || (await host.bootedSince(began))) reportsSince = began;
        task.title += ` (${totals.changed} started, ${totals.in_sync} already running)`;
      },
    },
    {
      title: `Wait for ${clones} certificates and reports`,
      task: (_, task) => waitForCheckIns(server, names, reportsSince, (line) => (task.output = line)),
    },
  ];
}

async function apply(host: Host, code: string): Promise<void> {
  const { status, value } = await applyCode(host, code);
  if (status === 'success') return;
  throw new LabError(
    `bolt apply failed: ${value._error?.msg ?? JSON.stringify(value)}`,
    'run it again to see its output: bin/lab bolt apply --execute …',
  );
}

async function start(host: Host): Promise<Result['value']> {
  const { status, value } = await runTask(host, 'clone_army::start');
  if (status === 'success') return value;
  throw new LabError(
    `the fleet did not start: ${value._error?.msg}`,
    'see which clones failed: bin/lab bolt task run clone_army::status',
  );
}
