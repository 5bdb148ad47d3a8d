import { clonesOf } from '../model/fleet.ts';
import type { Answer, InputOf, TaskDefinition } from '../model/task.ts';
import { BUILD_TIMEOUT, IMAGES } from './lib/answer/parameters.ts';
import { firstFew } from './lib/answer/report.ts';
import { plainText } from './lib/clone/plain-text.ts';
import { TaskError } from './lib/contract/errors.ts';
import type { Host } from './lib/contract/host.ts';
import type { TaskContext } from './lib/contract/task-module.ts';
import { readFleet } from './lib/fleet/read-fleet.ts';
import { isUp } from './lib/fleet/restart.ts';
import { selectBases } from './lib/fleet/select-clones.ts';
import { readUnits } from './lib/systemd/clone-units.ts';

export const definition = {
  name: 'rebuild',
  description:
    'Build base images anew from their current definitions, for example to get package updates. Running clones use the previous image until they are restarted.',
  supportsNoop: true,
  parameters: { base: IMAGES, timeout: BUILD_TIMEOUT },
} as const satisfies TaskDefinition;

/** Result for one base image. */
interface BaseResult {
  readonly name: string;
  readonly result: 'changed' | 'failed';
  /** Number of clones that are up, and have to be restarted to use the new image. */
  readonly clones_to_restart: number;
  readonly message?: string;
}

/**
 * Builds images, one after the other. A failed build leaves the present image in place.
 *
 * @throws TaskError `builds-failed`, including the answer, if any build failed
 */
export async function run(
  { timeout, ...selection }: InputOf<typeof definition>,
  { host, noop }: TaskContext,
): Promise<Answer> {
  const fleet = readFleet(host);
  const deadline = host.uptime() + timeout * 1000;
  const built: { name: string; problem?: string }[] = [];
  for (const name of selectBases(fleet, selection)) {
    const seconds = Math.ceil((deadline - host.uptime()) / 1000);
    built.push({ name, problem: noop ? undefined : await problemOf(host, name, seconds, timeout) });
  }

  const up = (await readUnits(host, clonesOf(fleet))).filter(isUp);
  const bases = built.map(({ name, problem }): BaseResult => {
    const clones = up.filter(({ base }) => base === name).length;
    return problem === undefined
      ? { name, result: 'changed', clones_to_restart: clones }
      : { name, result: 'failed', clones_to_restart: 0, message: problem };
  });
  return answerOf(bases, noop, host.names.module);
}

/** Builds an image. Returns the problem if that fails. */
async function problemOf(
  host: Host,
  base: string,
  seconds: number,
  timeout: number,
): Promise<string | undefined> {
  if (seconds <= 0) return `not begun after ${timeout} s; increase timeout`;
  const output = await host.buildBase(base, seconds).catch((error: Error) => error);
  if (output instanceof Error) return `${output.message}: apply class ${host.names.module} again`;
  if (output === null) return `not built after ${timeout} s; increase timeout`;
  if (output.code === 0) return undefined;
  const lines = `${output.stdout}\n${output.stderr}`.split('\n').filter((line) => line.trim() !== '');
  return plainText(lines[lines.length - 1] ?? `build-base ended with exit code ${output.code}`);
}

function answerOf(bases: readonly BaseResult[], noop: boolean, module: string): Answer {
  const failed = bases.filter(({ result }) => result === 'failed');
  const clones = bases.reduce((sum, base) => sum + base.clones_to_restart, 0);
  const changed = bases.length - failed.length;
  const problems = failed.map(({ name, message }) => `${name}: ${message}`);
  const restart = `${clones} clones use the previous image until they are restarted, for example by ${module}::restart`;
  const lines = [
    `${bases.length} base images: ${changed} ${noop ? 'would be built' : 'built'}, ${failed.length} failed`,
    ...problems,
    ...(clones > 0 && !noop ? [restart] : []),
  ];
  const totals = { bases: bases.length, changed, failed: failed.length, clones_to_restart: clones };
  const answer = { ...(noop ? { noop } : {}), totals, bases, _output: lines.join('\n') };
  if (failed.length === 0) return answer;
  throw new TaskError(
    'builds-failed',
    `${failed.length} of ${bases.length} base images were not built. ${firstFew(problems, '; ')}`,
    { failed: failed.map(({ name }) => name) },
    answer,
  );
}
