import type { Answer, TaskDefinition } from '../../model/task.ts';
import { readInput } from './answer/input.ts';
import { failureOf, TaskError } from './contract/errors.ts';
import type { Host } from './contract/host.ts';
import type { TaskModule } from './contract/task-module.ts';
import { thisHost } from './systemd/this-host.ts';

/** Runs a task as Bolt does: parameters as JSON on standard input, one JSON object on standard output. */
export async function main(definition: TaskDefinition, run: TaskModule['run']): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);

  const answer = await perform(definition, run, Buffer.concat(chunks).toString(), thisHost());
  process.stdout.write(`${JSON.stringify(answer)}\n`);
  // Not process.exit, which would cut off what the pipe has not taken yet.
  if ('_error' in answer) process.exitCode = 1;
}

/** The answer to a call, be it a failure; it never throws. */
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
  const remedy = 'with Bolt by --run-as root';
  return new TaskError(
    'not-root',
    `Task ${names.module}::${name} must run as root, ${remedy}; it ran as user ${uid}`,
    { uid },
  );
}
