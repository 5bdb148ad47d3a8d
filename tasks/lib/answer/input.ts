import type { TaskDefinition } from '../../../model/task.ts';
import { didYouMean } from '../contract/did-you-mean.ts';
import { TaskError } from '../contract/errors.ts';
import { quote } from '../contract/quote.ts';
import { describeSchema, violations } from '../contract/schema.ts';

/** Validated input of a task. */
export interface Input {
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Whether to report what would change without changing it. */
  readonly noop: boolean;
}

/** Maximum length of the input. The names of the largest fleet take less than half of it. */
const LENGTH_MAX = 1024 * 1024;

/** The same for tasks that get profiles of load tests. One that replays a million arrivals takes half of it. */
export const PROFILE_INPUT_MAX = 16 * 1024 * 1024;

/** Maximum nesting of arrays and objects. Recursion over a deeper value would overflow the stack. */
const DEPTH_MAX = 32;

/**
 * Parses and validates the standard input of a task.
 *
 * @throws TaskError `bad-input` with a message that lists all problems
 */
export function readInput(definition: TaskDefinition, text: string): Input {
  const given = parse(text, definition.inputMax ?? LENGTH_MAX);
  const noop = given._noop === true;
  const parameters = Object.fromEntries(
    Object.entries(given).filter(([name, value]) => !name.startsWith('_') && value !== null),
  );

  const problems = problemsOf(definition, parameters);
  if (noop && !definition.supportsNoop) problems.push('noop mode is not supported, run it without --noop');
  if (problems.length > 0) {
    throw new TaskError('bad-input', `Task ${definition.name} was not run: ${problems.join('. ')}`, {
      problems,
    });
  }
  return { parameters: { ...defaultsOf(definition), ...parameters }, noop };
}

function parse(text: string, lengthMax: number): Record<string, unknown> {
  if (text.length > lengthMax) {
    throw new TaskError(
      'bad-input',
      `Standard input has ${text.length} characters; at most ${lengthMax} are accepted`,
    );
  }
  if (depthOf(text) > DEPTH_MAX) {
    throw new TaskError(
      'bad-input',
      `Standard input nests arrays or objects more than ${DEPTH_MAX} levels deep; no parameter does`,
    );
  }
  let value: unknown;
  try {
    // Standard input can be empty when the task is run by hand.
    value = text.trim() === '' ? {} : JSON.parse(text);
  } catch (error) {
    throw new TaskError('bad-input', `Standard input is not valid JSON: ${(error as Error).message}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TaskError(
      'bad-input',
      `Standard input is ${quote(value)}, but must be a JSON object of parameters`,
    );
  }
  return value as Record<string, unknown>;
}

/** Nesting depth of a JSON text. Brackets inside strings do not count. */
function depthOf(text: string): number {
  let [depth, deepest] = [0, 0];
  for (const [token] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"?|[[\]{}]/gs)) {
    if (token === '[' || token === '{') depth += 1;
    else if (token === ']' || token === '}') depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

function problemsOf({ parameters }: TaskDefinition, given: Readonly<Record<string, unknown>>): string[] {
  const names = Object.keys(parameters);
  const missing = names.filter((name) => parameters[name]?.required && !(name in given));
  const problems = missing.map((name) => `parameter ${name} is missing: ${parameters[name]?.description}`);
  return problems.concat(problemsOfGiven(parameters, given));
}

function problemsOfGiven(
  parameters: TaskDefinition['parameters'],
  given: Readonly<Record<string, unknown>>,
): string[] {
  const names = Object.keys(parameters);
  return Object.entries(given).flatMap(([name, value]) => {
    const parameter = names.includes(name) ? parameters[name] : undefined;
    if (!parameter) {
      return [
        `unknown parameter ${quote(name)}${didYouMean(name, names) || `; valid parameters are ${names.join(', ')}`}`,
      ];
    }
    if (violations(parameter.schema, value).length === 0) return [];
    return [`parameter ${name} is ${quote(value)}, but must be ${describeSchema(parameter.schema)}`];
  });
}

function defaultsOf({ parameters }: TaskDefinition): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([name, parameter]) =>
      parameter.default === undefined ? [] : [[name, parameter.default]],
    ),
  );
}
