import { applyCodeOn, type Result, runTaskOn } from '../bolt.ts';
import { LabError } from '../errors.ts';
import type { Host } from '../host/host.ts';
import { SERVER } from '../hosts.ts';
import { raiseLimits } from '../machine/fleet-limits.ts';
import { waitForCheckIns } from '../server/check-ins.ts';
import { serverStep } from './bring-up.ts';
import type { Step } from './run-steps.ts';

/**
 * Applies the class, starts the fleet of each host and waits until every clone has checked in.
 *
 * @param clones - Number of clones on each host
 */
export function fleetSteps(hosts: readonly Host[], server: Host, clones: number): Step[] {
  const code = `class { 'clone_army': master => '${SERVER}', num_clones => ${clones} }`;
  const names = hosts.flatMap(({ certname }) =>
    Array.from({ length: clones }, (_, i) => `clone${i + 1}.${certname}`),
  );
  const began = Date.now();
  let reportsSince = 0;
  return [
    { title: `bolt apply -e "${code}"`, task: () => apply(hosts, code) },
    // Not earlier: the server starts while the class is applied.
    serverStep(),
    ...(hosts.length > 1 ? [limitsStep(hosts, clones)] : []),
    {
      title: 'bolt task run clone_army::start',
      task: async (_, task) => {
        const { changed, inSync } = await start(hosts);
        // Clones that were already running will not send a report soon.
        if (changed === names.length || (await bootedSince(hosts, began))) reportsSince = began;
        task.title += ` (${changed} started, ${inSync} already running)`;
      },
    },
    {
      title: `Wait for ${names.length} certificates and reports`,
      task: (_, task) => waitForCheckIns(server, names, reportsSince, (line) => (task.output = line)),
    },
  ];
}

/** Fleets of several hosts share the kernel's limits. */
function limitsStep(hosts: readonly Host[], clones: number): Step {
  return {
    title: 'Raise kernel limits for all fleets together',
    task: async (_, task) => {
      const raised = await raiseLimits(hosts.length, clones);
      if (raised.length === 0) task.skip('Kernel limits suffice for all fleets together');
    },
  };
}

async function apply(hosts: readonly Host[], code: string): Promise<void> {
  const failed = (await applyCodeOn(hosts, code)).find(({ status }) => status !== 'success');
  if (!failed) return;
  const { target, value } = failed;
  throw new LabError(
    `bolt apply failed on ${target}: ${value._error?.msg ?? JSON.stringify(value)}`,
    'run it again to see its output: bin/lab bolt apply --execute …',
  );
}

/** Starts all fleets. Returns numbers of clones of all hosts together. */
async function start(hosts: readonly Host[]): Promise<{ changed: number; inSync: number }> {
  const results = await runTaskOn(hosts, 'clone_army::start');
  const failed = results.find(({ status }) => status !== 'success');
  if (failed) {
    throw new LabError(
      `the fleet of ${failed.target} did not start: ${failed.value._error?.msg}`,
      'see which clones failed: bin/lab bolt task run clone_army::status',
    );
  }
  const sum = (key: string) =>
    results.reduce((total: number, { value }: Result) => total + value.totals[key], 0);
  return { changed: sum('changed'), inSync: sum('in_sync') };
}

async function bootedSince(hosts: readonly Host[], time: number): Promise<boolean> {
  return (await Promise.all(hosts.map((host) => host.bootedSince(time)))).every(Boolean);
}
