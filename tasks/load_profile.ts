import { filesNamed, readProfile } from '../load/profile/read-profile.ts';
import { lengthOf, type Profile } from '../model/load/profile.ts';
import type { Answer, InputOf, TaskDefinition } from '../model/task.ts';
import { formatProblem, ProblemsError } from '../validation/problem.ts';
import { PROFILE_INPUT_MAX } from './lib/answer/input.ts';
import { plainText } from './lib/clone/plain-text.ts';
import { TaskError } from './lib/contract/errors.ts';

/** Problems that are shown, and characters of each. */
const SHOWN = { problems: 25, characters: 300 };

export const definition = {
  name: 'load_profile',
  description: 'Check the profile of a load test, and fill in its defaults.',
  private: true,
  inputMax: PROFILE_INPUT_MAX,
  supportsNoop: false,
  parameters: {
    profile: {
      description: 'The profile, as YAML.',
      schema: { type: 'string' },
      required: true,
    },
    file: {
      description: 'Name of its file, for messages. It also names the test if the profile does not.',
      schema: { type: 'string', minLength: 1, maxLength: 255 },
      default: 'profile.yaml',
    },
    files: {
      description: 'Text of the files that the profile names, by name. The answer says which are missing.',
      schema: { type: 'object', additionalProperties: { type: 'string' } },
    },
    seed: {
      description: 'Replaces the seed of the profile.',
      schema: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
    },
  },
} as const satisfies TaskDefinition;

/**
 * Checks a profile.
 *
 * @returns `profile` with all defaults, or null if `missing` names files that it needs. `planned` says how long it takes,
 *   or `search` has parameters of the task load_search if the profile is that of a search
 * @throws TaskError `invalid-profile` with all mistakes
 */
export async function run({ profile: text, file, files, seed }: InputOf<typeof definition>): Promise<Answer> {
  const given = new Map(Object.entries((files ?? {}) as Record<string, string>));
  const missing = filesNamed(text, file).filter((name) => !given.has(name));
  if (missing.length > 0) return { profile: null, search: null, planned: null, missing };
  try {
    const { profile, search } = readProfile(text, file, { files: given, seed });
    return { profile, search, planned: search === null ? plannedOf(profile) : null, missing };
  } catch (error) {
    if (error instanceof ProblemsError) throw invalid(file, error);
    throw error;
  }
}

function plannedOf({ phases }: Profile): Answer {
  return {
    seconds: lengthOf(phases) / 1000,
    phases: phases.map(({ name, length }) => ({ name, seconds: length / 1000 })),
  };
}

function invalid(file: string, { problems }: ProblemsError): TaskError {
  const lines = problems
    .slice(0, SHOWN.problems)
    .map((problem) => plainText(formatProblem(problem), SHOWN.characters));
  const rest = problems.length - lines.length;
  const mistakes = problems.length === 1 ? 'a mistake' : `${problems.length} mistakes`;
  const message = [
    `Profile ${plainText(file)} has ${mistakes}:`,
    ...lines,
    ...(rest > 0 ? [`and ${rest} more`] : []),
  ].join('\n');
  return new TaskError('invalid-profile', message, { problems: lines });
}
