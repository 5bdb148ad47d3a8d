import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { execa, type Options } from 'execa';
import { gemEnv } from '../lab/gems.ts';
import { MODULE, REPO } from '../lab/paths.ts';
import { toolSteps } from '../lab/steps/prepare.ts';
import { runSteps } from '../lab/steps/run-steps.ts';

/** Tests of one suite by how they ended. */
interface Tally {
  passed: number;
  failed: number;
}

interface Suite {
  readonly title: string;
  /**
   * @param scratch - Folder for what the suite leaves behind
   * @param output - Where its output goes
   */
  run(scratch: string, output: Output): Promise<Tally>;
}

/** Options of execa for output that is shown as it comes, or kept in a file. */
type Output = Pick<Options, 'stdout' | 'stderr'>;
const SHOWN: Output = { stdout: 'inherit', stderr: 'inherit' };

const NODE_OPTIONS = '--experimental-vm-modules --no-warnings=ExperimentalWarning';

/** A command whose exit code is all that it has to say. */
function check(title: string, command: string, args: readonly string[]): Suite {
  return {
    title,
    async run(_, output) {
      const { failed } = await execa(command, args, {
        cwd: REPO,
        preferLocal: true,
        reject: false,
        ...output,
      });
      return { passed: failed ? 0 : 1, failed: failed ? 1 : 0 };
    },
  };
}

function jest(title: string, args: readonly string[]): Suite {
  return {
    title,
    async run(scratch, output) {
      const file = path.join(scratch, `${title}.json`);
      await execa('jest', [...args, '--maxWorkers=1', '--json', `--outputFile=${file}`], {
        cwd: REPO,
        preferLocal: true,
        reject: false,
        env: { NODE_OPTIONS },
        ...output,
      });
      const result = JSON.parse(await readFile(file, 'utf8'));
      // A test file that does not load has no tests to count, and must not go unseen.
      return {
        passed: result.numPassedTests,
        failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
      };
    },
  };
}

function rspec(title: string, pattern: string): Suite {
  return {
    title,
    async run(scratch, output) {
      const file = path.join(scratch, `${title}.json`);
      const args = [
        'exec',
        'rspec',
        '--pattern',
        pattern,
        '--format',
        'progress',
        '--format',
        'json',
        '--out',
        file,
      ];
      await execa('bundle', args, { cwd: MODULE, env: await gemEnv(), reject: false, ...output });
      const { summary } = JSON.parse(await readFile(file, 'utf8'));
      const {
        example_count: count,
        failure_count: failed,
        errors_outside_of_examples_count: errors,
      } = summary;
      return {
        passed: count - failed - summary.pending_count,
        failed: failed + errors + summary.pending_count,
      };
    },
  };
}

/** Suites that do not get into each other's way; the longest come first, so that none of them ends alone. */
const FAST: Suite[] = [
  jest('module', ['--selectProjects', 'module', '--testPathPatterns', 'content|variants']),
  rspec('catalogs', 'spec/{classes,defines}/**/*_spec.rb'),
  jest('unit', ['--selectProjects', 'unit']),
  rspec('rspec', 'spec/{functions,type_aliases,unit}/**/*_spec.rb'),
  rspec('plans', 'spec/plans/**/*_spec.rb'),
  check('types', 'tsc', []),
  check('style', 'biome', ['check', '--error-on-warnings']),
];
/** Package managers at work on repositories that the tests make. */
const STAND_INS = jest('stand-ins', [
  '--selectProjects',
  'module',
  '--testPathIgnorePatterns',
  'content|variants',
]);
const LAB = jest('acceptance', ['--config', 'spec/acceptance/jest.config.js']);

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { fast: { type: 'boolean', default: false } } });
  await runSteps([
    // All at once: no suite is to find packages half installed by another.
    ...toolSteps(['ruby', 'checks', 'rpm', 'vendors', ...(values.fast ? [] : (['lab'] as const))]),
    {
      title: 'Install the releases of Node.js that the tasks are tested on',
      task: async () => {
        await execa('npm', ['ci', '--no-audit', '--no-fund'], { cwd: path.join(REPO, 'spec/node') });
      },
    },
  ]);

  const scratch = await mkdtemp(path.join(os.tmpdir(), 'clone-army-tests-'));
  const tallies = await besideEachOther(values.fast ? FAST : [LAB, STAND_INS, ...FAST], scratch);
  await rm(scratch, { recursive: true, force: true });

  const lines = [...tallies].map(
    ([{ title }, { passed, failed, seconds }]) =>
      `${title.padEnd(11)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed ${seconds} s`,
  );
  const sum = (key: keyof Tally) => [...tallies.values()].reduce((total, tally) => total + tally[key], 0);
  console.log(`\n${lines.join('\n')}\n\n${sum('passed')} passed, ${sum('failed')} failed`);
  process.exitCode = sum('failed') === 0 ? 0 : 1;
}

/** Runs suites two at a time; what one has to say is shown when it ends, but for the lab's, which has much to wait for. */
async function besideEachOther(suites: readonly Suite[], scratch: string) {
  const tallies = new Map<Suite, Awaited<ReturnType<typeof tallyOf>>>();
  const queue = [...suites];
  const work = async () => {
    for (let suite = queue.shift(); suite; suite = queue.shift()) {
      console.log(`   ${suite.title} …`);
      const file = path.join(scratch, `${suite.title}.log`);
      const output: Output = suite === LAB ? SHOWN : { stdout: { file }, stderr: { file } };
      tallies.set(suite, await tallyOf(suite, scratch, output));
      if (output !== SHOWN)
        console.log(`\n== ${suite.title}\n${await readFile(file, 'utf8').catch(() => '')}`);
    }
  };
  await Promise.all([work(), work()]);
  return tallies;
}

async function tallyOf(suite: Suite, scratch: string, output: Output): Promise<Tally & { seconds: number }> {
  const begun = Date.now();
  const tally = await suite.run(scratch, output).catch((error: Error) => {
    console.error(`${suite.title} gave no result: ${error.message}`);
    return { passed: 0, failed: 1 };
  });
  const seconds = Math.round((Date.now() - begun) / 1000);
  // A suite that ran no test has not shown anything.
  return tally.passed + tally.failed === 0 ? { passed: 0, failed: 1, seconds } : { ...tally, seconds };
}

await main();
