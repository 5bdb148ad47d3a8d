import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { gemEnv } from '../lab/gems.ts';
import { MODULE, REPO } from '../lab/paths.ts';
import { runSteps, toolSteps } from '../lab/run.ts';

/** Tests of one suite by how they ended. */
interface Tally {
  passed: number;
  failed: number;
}

interface Suite {
  readonly title: string;
  /** @param scratch - Folder for what the suite leaves behind */
  run(scratch: string): Promise<Tally>;
}

const NODE_OPTIONS = '--experimental-vm-modules --no-warnings=ExperimentalWarning';

/** A command whose exit code is all that it has to say. */
function check(title: string, command: string, args: readonly string[]): Suite {
  return {
    title,
    async run() {
      const { failed } = await execa(command, args, {
        cwd: REPO,
        preferLocal: true,
        stdio: 'inherit',
        reject: false,
      });
      return { passed: failed ? 0 : 1, failed: failed ? 1 : 0 };
    },
  };
}

function jest(title: string, args: readonly string[]): Suite {
  return {
    title,
    async run(scratch) {
      const file = path.join(scratch, `${title}.json`);
      const options = {
        cwd: REPO,
        preferLocal: true,
        stdio: 'inherit',
        reject: false,
        env: { NODE_OPTIONS },
      } as const;
      await execa('jest', [...args, '--json', `--outputFile=${file}`], options);
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
    async run(scratch) {
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
      await execa('bundle', args, { cwd: MODULE, env: await gemEnv(), stdio: 'inherit', reject: false });
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

const FAST: Suite[] = [
  check('types', 'tsc', []),
  check('style', 'biome', ['check', '--error-on-warnings']),
  jest('unit', ['--selectProjects', 'unit']),
  jest('module', ['--selectProjects', 'module']),
  rspec('rspec', 'spec/{classes,defines,functions,type_aliases,unit}/**/*_spec.rb'),
  rspec('plans', 'spec/plans/**/*_spec.rb'),
];
const LAB = jest('acceptance', ['--config', 'spec/acceptance/jest.config.js']);

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { fast: { type: 'boolean', default: false } } });
  await runSteps([
    ...toolSteps(['ruby', 'checks', 'rpm', 'vendors']),
    {
      title: 'Install the releases of Node.js that the tasks are tested on',
      task: async () => {
        await execa('npm', ['ci', '--no-audit', '--no-fund'], { cwd: path.join(REPO, 'spec/node') });
      },
    },
  ]);

  const scratch = await mkdtemp(path.join(os.tmpdir(), 'clone-army-tests-'));
  const total: Tally = { passed: 0, failed: 0 };
  const lines: string[] = [];
  for (const suite of values.fast ? FAST : [...FAST, LAB]) {
    console.log(`\n== ${suite.title}`);
    const begun = Date.now();
    const tally = await suite.run(scratch).catch((error: Error) => {
      console.error(`${suite.title} gave no result: ${error.message}`);
      return { passed: 0, failed: 1 };
    });
    // A suite that ran no test has not shown anything.
    if (tally.passed + tally.failed === 0) tally.failed = 1;
    total.passed += tally.passed;
    total.failed += tally.failed;
    lines.push(
      `${suite.title.padEnd(11)} ${String(tally.passed).padStart(5)} passed ${String(tally.failed).padStart(4)} failed ${Math.round((Date.now() - begun) / 1000)} s`,
    );
  }
  await rm(scratch, { recursive: true, force: true });

  console.log(`\n${lines.join('\n')}\n\n${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed === 0 ? 0 : 1;
}

await main();
