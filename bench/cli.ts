import os from 'node:os';
import path from 'node:path';
import { Command, Option } from 'commander';
import fs from 'fs-extra';
import type { ListrTask } from 'listr2';
import { Lab } from '../lab/lab.ts';
import { REPO } from '../lab/paths.ts';
import { explain } from '../lab/problem.ts';
import { prepareSteps, runSteps, serverStep, upSteps } from '../lab/run.ts';
import { readSysctls, restoreSysctls } from '../lab/sysctl.ts';
import { whole } from '../lab/whole.ts';
import { intervalFor, measureCheckIn } from './check-in.ts';
import type { Reading, Results } from './figures.ts';
import { ModuleSide } from './module-side.ts';
import { PlainSide } from './plain-side.ts';
import { text } from './report.ts';
import { measureResidentRun, measureRuns } from './runs.ts';
import { appliesInTurn, type Note, session } from './session.ts';
import type { Side } from './side.ts';

/** Size at which runs are measured, and agents with shared memory. */
const FEW = 10;

/** A large fleet. */
const MANY = 1000;

/** Fleets that are applied in any case: to show that they take the same. */
const IN_TURN: readonly number[] = [1, MANY];

/** What there is to measure: applies of a small and a large fleet, fleets through their lives, check-ins. */
const PARTS = ['applies', 'fleets', 'check-ins'] as const;

const RELEASE = { os: 'Debian', suite: 'trixie' } as const;
const BASE = 'debian-13';

const positives = (words: string) => words.split(',').map(whole(1));

const program = new Command('bench')
  .description(
    'Measures this module beside a plain design, with a define for each clone, in a lab of its own.\nPrints a table and writes JSON.',
  )
  .option('--sizes <list>', 'sizes of fleets on both sides', positives, [1, 10, 50])
  .option('--clones <n>', 'largest fleet of this module, by timer', whole(1), 100)
  .option(
    '--weigh <n>',
    'largest fleet of resident agents that is weighed: minutes for each hundred',
    whole(0),
    FEW,
  )
  .option(
    '--check-in <n>',
    'size of the fleet whose check-ins are counted; 0 leaves it out (default: --clones)',
    whole(0),
  )
  .option('--interval <seconds>', 'interval of these check-ins (default: 1.8 s for each clone)', whole(0))
  .option('--intervals <n>', 'how many of them; the first has certificates to get in it', whole(1), 2)
  .addOption(new Option('--only <part>', 'a part by itself').choices(PARTS))
  .option(
    '--json <file>',
    'where the results go',
    path.relative(process.cwd(), path.join(REPO, 'build/bench.json')),
  )
  .showSuggestionAfterError();

interface Options {
  readonly sizes: readonly number[];
  readonly clones: number;
  readonly weigh: number;
  readonly checkIn?: number;
  readonly interval?: number;
  readonly intervals: number;
  readonly only?: (typeof PARTS)[number];
  readonly json: string;
}

const lab = new Lab('bench');
const { host } = lab;
const readings: Reading[] = [];
const note: Note = (figure, { name }, clones, value) => readings.push({ figure, side: name, clones, value });

/** A step that has a side to itself, on a host that is as it was before afterwards. */
function sideStep(
  title: string,
  make: (prefix: string) => Side,
  work: (side: Side, progress: (line: string) => void) => Promise<void>,
): ListrTask<object> {
  return {
    title,
    task: async (_, task) => {
      const sysctls = await readSysctls();
      // Certificates of an earlier fleet are not this one's.
      const side = make(`fleet${letter()}`);
      await work(side, (line) => (task.output = line));
      await side.remove();
      await restoreSysctls(sysctls);
      await save();
    },
  };
}

let fleets = 0;
function letter(): string {
  return [Math.floor(fleets / 26), fleets++ % 26].map((n) => String.fromCharCode(97 + n)).join('');
}

const ours =
  (name: ModuleSide['name'], parameters = {}) =>
  (prefix: string) =>
    new ModuleSide(host, name, prefix, parameters);
const plain = (prefix: string) => new PlainSide(host, prefix, BASE);

/** Steps of each part, after the one that makes the base image. */
function benchSteps(options: Options): ListrTask<object>[] {
  const parts = { applies: applySteps, fleets: fleetSteps, 'check-ins': checkInSteps };
  const wanted = options.only ? [options.only] : PARTS;
  const image = sideStep('Build the base image', ours('timer'), async (side) => {
    await side.apply(1);
    machine = await describeMachine();
  });
  return [image, ...wanted.flatMap((part) => parts[part](options))];
}

function applySteps(): ListrTask<object>[] {
  return [
    sideStep(`Apply ${IN_TURN.join(' and ')} by timer in turn`, ours('timer'), (side, progress) =>
      appliesInTurn(side, IN_TURN, note, progress),
    ),
  ];
}

function fleetSteps({ sizes, clones, weigh }: Options): ListrTask<object>[] {
  const steps: ListrTask<object>[] = [];
  // A fleet beyond what is well known is reached by way of that.
  const all = new Set([...sizes, FEW, clones, ...(clones > MANY ? [MANY] : [])]);
  for (const size of [...all].sort((a, b) => a - b)) {
    const both = sizes.includes(size);
    if (both) {
      steps.push(
        sideStep(`${size} by the plain design`, plain, (side, progress) =>
          session(host, side, size, note, {
            weigh: size <= weigh,
            progress,
            whileUp: async () => {
              if (size !== FEW) return;
              await measureResidentRun(host, side, size, note);
              await measureRuns(host, side, size, note);
            },
          }),
        ),
      );
    }
    steps.push(
      sideStep(`${size} by timer`, ours('timer'), (side, progress) =>
        session(host, side, size, note, {
          applies: !IN_TURN.includes(size),
          weigh: true,
          progress,
          whileUp: async () => {
            if (size === FEW) await measureRuns(host, side, size, note);
          },
        }),
      ),
    );
    if (both && size <= weigh) {
      for (const name of ['service', 'service, shared memory'] as const) {
        if (name !== 'service' && size !== FEW) continue;
        steps.push(
          sideStep(`${size} by ${name}`, ours(name), (side, progress) =>
            session(host, side, size, note, { weigh: true, progress }),
          ),
        );
      }
    }
  }
  return steps;
}

function checkInSteps(options: Options): ListrTask<object>[] {
  const { clones, checkIn = clones, interval = intervalFor(checkIn), intervals } = options;
  if (checkIn === 0) return [];
  const extent = { clones: checkIn, interval, intervals };
  return [
    sideStep(
      `Check-ins of ${checkIn} by timer within ${interval} s`,
      ours('timer', { run_interval: interval }),
      (side, progress) => measureCheckIn(host, side, extent, note, progress),
    ),
  ];
}

let machine: Results['machine'] | undefined;

async function describeMachine(): Promise<Results['machine']> {
  const words = 'dpkg-query --show puppet-agent puppetserver systemd | cut -f 2';
  const [agent, server, systemd] = String((await host.ssh([words])).stdout).split('\n');
  return {
    cores: os.cpus().length,
    processor: os.cpus()[0]?.model.trim() ?? 'unknown',
    memory_mib: Math.round(os.totalmem() / 1024 / 1024),
    kernel: os.release(),
    host: `Debian 13, systemd ${systemd}`,
    agent: agent as string,
    server: server as string,
  };
}

const began = new Date();

/** Writes what has been measured so far: after each step, because some take an hour to come by again. */
async function save(): Promise<Results | undefined> {
  if (!machine) return undefined;
  const results = {
    machine,
    command: ['npm run bench', ...process.argv.slice(2)].join(' ').replace(/^npm run bench /, '$&-- '),
    date: began.toISOString().slice(0, 10),
    readings,
  };
  await fs.outputJson(program.opts<Options>().json, results, { spaces: 2 });
  return results;
}

program.action(async (options: Options) => {
  await lab.destroy();
  try {
    await runSteps([...prepareSteps(), ...upSteps(lab, RELEASE), serverStep(), ...benchSteps(options)]);
  } finally {
    const results = await save();
    if (results) console.log(`\n${text(results)}\nIn JSON: ${options.json}`);
    // What went wrong can be looked into; what the fleet changed in the kernel is put back.
    await lab.down();
  }
  await lab.destroy();
});

try {
  await program.parseAsync();
} catch (error) {
  console.error(`\nbench: ${explain(error)}`);
  process.exitCode = 1;
}
