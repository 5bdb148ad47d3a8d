import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import fs from 'fs-extra';
import { Listr, type ListrTask, PRESET_TIMER } from 'listr2';
import { DEFAULT_MODULE, namesOf } from '../model/names.ts';
import { applyCode, runTask } from './bolt.ts';
import { installGems } from './gems.ts';
import type { Host } from './host.ts';
import { buildImage, imageOf } from './image.ts';
import type { Lab } from './lab.ts';
import { assertMachine, installPackages, type PackageSet } from './machine.ts';
import { LABS, MODULE, REPO } from './paths.ts';
import { LabProblem } from './problem.ts';
import { type Release, serverRelease } from './release.ts';
import {
  configureAgent,
  configureServer,
  installModule,
  reportTimes,
  SERVER,
  signed,
  waitForServer,
} from './server.ts';

/** Time that a clone may take from its start to its report, in ms: two tries for a certificate. */
const CHECK_IN_MS = 300_000;

type Step = ListrTask<object>;

/**
 * Runs steps in order, each with its time; on a terminal as a live list, elsewhere a line each. What went wrong in one
 * is thrown as it is, for the caller to tell.
 */
export async function runSteps(steps: readonly Step[]): Promise<void> {
  const timer = { ...PRESET_TIMER, condition: true };
  let problem: unknown;
  const list = steps.map((step) => ({
    ...step,
    task: async (...args: Parameters<Step['task']>) => {
      try {
        return await step.task(...args);
      } catch (error) {
        problem = error;
        throw new Error('see below');
      }
    },
  }));
  const listr = new Listr<object>(list, {
    renderer: process.env.CI ? 'simple' : 'default',
    fallbackRenderer: 'simple',
    rendererOptions: { timer, collapseSubtasks: false },
    fallbackRendererOptions: { timer },
  } as ConstructorParameters<typeof Listr<object>>[1]);
  await listr.run().catch((error) => {
    throw problem ?? error;
  });
}

/** What the project's own work needs: packages, gems, the module. */
export function toolSteps(packages: readonly PackageSet[]): Step[] {
  return [
    {
      title: 'Install packages',
      task: async (_, task) => {
        if (!(await installPackages(packages, (line) => (task.output = line))))
          task.skip('Packages are installed');
      },
    },
    {
      title: 'Install gems (Bolt, Puppet)',
      task: async (_, task) => {
        if (!(await installGems())) task.skip('Gems are installed');
      },
    },
    {
      title: 'Generate the module',
      task: async () => {
        await execa('node', ['bin/clone-army.js', 'generate'], { cwd: REPO });
      },
    },
  ];
}

/** What the machine needs before there can be a lab. */
export function prepareSteps(): Step[] {
  return [{ title: 'Check this machine', task: () => assertMachine(LABS) }, ...toolSteps(['ruby', 'lab'])];
}

/** Brings the lab up with its server. */
export function upSteps(lab: Lab, release: Release): Step[] {
  const { host } = lab;
  const server = lab.server(release);
  const apart = server !== host;
  return [
    ...(apart
      ? [
          ...makeSteps(server, serverRelease(release), "the server's host", () =>
            configureServer(server, host),
          ),
          bootStep(lab, server, "the server's host"),
        ]
      : []),
    ...makeSteps(host, release, 'the host', () =>
      apart ? configureAgent(host) : configureServer(server, host),
    ),
    // A fleet that has been made comes with its host.
    ...(apart ? [serverStep()] : []),
    bootStep(lab, host, 'the host'),
    {
      title: "Fetch the host's package lists",
      task: async (_, task) => {
        // A package resource needs them, and images come without.
        const { failed } = await host.ssh(['ls /var/lib/apt/lists/*_Packages*'], { reject: false });
        if (!failed) return task.skip("The host's package lists are there");
        await host.ssh(['apt-get', '-qq', 'update']);
      },
    },
    { title: 'Give the server the module', task: () => installModule(server, MODULE) },
  ];
}

function makeSteps(host: Host, release: Release, name: string, configure: () => Promise<void>): Step[] {
  const system = `${release.os} ${release.suite}`;
  return [
    {
      title: `Build an image of ${name} (${system})`,
      task: async (_, task) => {
        const image = await imageOf(release);
        if (await fs.pathExists(image)) task.skip(`Image of ${name} (${system}) is there`);
        else await buildImage(release, image);
      },
    },
    {
      title: `Make ${name} from the image`,
      task: async (_, task) => {
        if (await host.exists()) return task.skip(`${capital(name)} is there`);
        await host.create(await imageOf(release));
        await configure();
      },
    },
  ];
}

function bootStep(lab: Lab, host: Host, name: string): Step {
  return {
    title: `Boot ${name}`,
    task: async (_, task) => {
      if (await host.state()) return task.skip(`${capital(name)} is up`);
      await lab.assertRoom();
      await host.boot();
    },
  };
}

const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

/** The server of a lab that is up. */
export function serverStep(): Step {
  return { title: 'Wait for the server', task: () => waitForServer() };
}

/** The main job: the class applied, the fleet started, every clone checked in. */
export function fleetSteps(host: Host, server: Host, clones: number): Step[] {
  const code = `class { 'clone_army': master => '${SERVER}', num_clones => ${clones} }`;
  let since = 0;
  const began = Date.now();
  return [
    {
      title: `bolt apply -e "${code}"`,
      task: async () => {
        const { status, value } = await applyCode(host, code);
        if (status !== 'success')
          throw new LabProblem(
            `bolt apply failed: ${value._error?.msg ?? JSON.stringify(value)}`,
            'see what it says: bin/lab bolt apply --execute …',
          );
      },
    },
    // Only now: the class is applied while the server starts.
    serverStep(),
    {
      title: 'bolt task run clone_army::start',
      task: async (_, task) => {
        const { status, value } = await runTask(host, 'clone_army::start');
        if (status !== 'success')
          throw new LabProblem(
            `the fleet did not start: ${value._error?.msg}`,
            'bin/lab bolt task run clone_army::status',
          );
        // Clones that ran before all this have no reason to send a report now.
        if (value.totals.changed === clones || (await host.bootedSince(began))) since = began;
        task.title += ` (${value.totals.changed} started, ${value.totals.in_sync} ran already)`;
      },
    },
    {
      title: `Wait for ${clones} certificates and reports`,
      task: async (_, task) => {
        await waitForClones(
          host,
          server,
          clones,
          () => since,
          (line) => (task.output = line),
        );
      },
    },
  ];
}

async function waitForClones(
  host: Host,
  server: Host,
  clones: number,
  since: () => number,
  progress: (line: string) => void,
): Promise<void> {
  const names = Array.from({ length: clones }, (_, i) => `clone${i + 1}.${host.certname}`);
  const end = Date.now() + CHECK_IN_MS;
  let waitedFor: number | undefined;
  for (;;) {
    const certificates = new Set(await signed(server));
    const missing: string[] = [];
    for (const name of names) {
      if (!certificates.has(name) || ((await reportTimes(server, name)).at(-1) ?? 0) < since())
        missing.push(name);
    }
    if (missing.length === 0) return;
    if (missing.length !== waitedFor) progress(`${clones - missing.length} of ${clones}`);
    waitedFor = missing.length;
    if (Date.now() > end) {
      throw new LabProblem(
        `no certificate or no report after ${CHECK_IN_MS / 1000} s: ${missing.join(', ')}`,
        `look into one: bin/lab shell, machinectl shell ${missing[0]?.split('.')[0]}, puppet agent --test`,
      );
    }
    await sleep(500);
  }
}

/** The fleet as the status task's table shows it; without one, the task would have no Node.js to run on. */
export async function printStatus(host: Host): Promise<void> {
  if (!(await fs.pathExists(host.file(namesOf(DEFAULT_MODULE).fleetFile)))) {
    console.log('There is no fleet on it yet: bin/lab makes one.');
    return;
  }
  const { value } = await runTask(host, 'clone_army::status');
  console.log(`\n${value._error?.msg ?? value._output}`);
}
