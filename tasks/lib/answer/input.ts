import type { TaskDefinition } from '../../../model/task.ts';
import { didYouMean } from '../contract/did-you-mean.ts';
import { TaskError } from '../contract/errors.ts';
import { allowed, violations } from '../contract/schema.ts';

/** What a task was asked for: parameters that its definition lets through, and whether only to say what would change. */
export interface Input {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly noop: boolean;
}

/**
 * Reads what Bolt writes to a task's standard input.
 *
 * @throws TaskError `bad-input`, with everything that is wrong in one message
 */
export function readInput(definition: TaskDefinition, text: string): Input {
  const given = parse(text);
  const noop = given._noop === true;
  const parameters = Object.fromEntries(
    Object.entries(given).filter(([name, value]) => !name.startsWith('_') && value !== null),
  );

  const problems = problemsOf(definition, parameters);
  if (noop && !definition.supportsNoop)
    problems.push('it cannot say what it would change: run it without --noop');
  if (problems.length > 0) {
    throw new TaskError('bad-input', `Task ${definition.name} was not run: ${problems.join('. ')}`, {
      problems,
    });
  }
  return { parameters: { ...defaultsOf(definition), ...parameters }, noop };
}

function parse(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    // A person who runs the file by hand may give it nothing.
    value = text.trim() === '' ? {} : JSON.parse(text);
  } catch (error) {
    throw new TaskError('bad-input', `Standard input is no JSON: ${(error as Error).message}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TaskError(
      'bad-input',
      `Standard input is ${JSON.stringify(value)}, and must be a JSON object of parameters`,
    );
  }
  return value as Record<string, unknown>;
}

function problemsOf({ parameters }: TaskDefinition, given: Readonly<Record<string, unknown>>): string[] {
  const names = Object.keys(parameters);
  return Object.entries(given).flatMap(([name, value]) => {
    const parameter = names.includes(name) ? parameters[name] : undefined;
    if (!parameter) {
      return [
        `there is no parameter "${name}"${didYouMean(name, names) || `; there are ${names.join(', ')}`}`,
      ];
    }
    if (violations(parameter.schema, value).length === 0) return [];
    return [`parameter ${name} is ${JSON.stringify(value)}, and must be ${allowed(parameter.schema)}`];
  });
}

function defaultsOf({ parameters }: TaskDefinition): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([name, parameter]) =>
      parameter.default === undefined ? [] : [[name, parameter.default]],
    ),
  );
}
