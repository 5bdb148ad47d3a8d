import type { Answer, TaskDefinition } from '../../model/task.ts';
import { readInput } from './answer/input.ts';
import { failureOf, TaskError } from './contract/errors.ts';
import type { Host } from './contract/host.ts';
import type { TaskModule } from './contract/task-module.ts';
import { thisHost } from './systemd/this-host.ts';

/**
 * Entry point of tasks: reads parameters as JSON from standard input and writes the answer as JSON to standard output.
 *
 * @param program - what the bundle does instead if it is started with arguments
 */
export async function main(
  definition: TaskDefinition,
  run: TaskModule['run'],
  program?: TaskModule['program'],
): Promise<void> {
  const args = process.argv.slice(2);
  if (program !== undefined && args.length > 0) return program(args, thisHost());
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);

  const answer = await perform(definition, run, Buffer.concat(chunks).toString(), thisHost());
  process.stdout.write(`${JSON.stringify(answer)}\n`);
  // process.exit would truncate output that has not been written to the pipe yet.
  if ('_error' in answer) process.exitCode = 1;
}

/** Runs a task with the given input. Returns failures as answers and never throws. */
export async function perform(
  definition: TaskDefinition,
  run: TaskModule['run'],
  text: string,
  host: Host,
): Promise<Answer> {
  try {
    const { parameters, noop } = readInput(definition, text);
    if (host.uid !== 0) throw notRoot(definition, host);
    return await run(parameters, { noop, host });
  } catch (thrown) {
    return failureOf(host.names, thrown);
  }
}

function notRoot({ name }: TaskDefinition, { uid, names }: Host): TaskError {
  return new TaskError(
    'not-root',
    `Task ${names.module}::${name} must run as root, not as user ${uid}. With Bolt, use --run-as root`,
    { uid },
  );
}
