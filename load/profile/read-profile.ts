import type { Profile, Workload } from '../../model/load/profile.ts';
import { checkSchema } from '../../validation/check-schema.ts';
import { formatPath, itemsOf, type KeyPath } from '../../validation/key-path.ts';
import { type ParsedFile, parseFile } from '../../validation/parsed-file.ts';
import { type Problem, throwProblems } from '../../validation/problem.ts';
import { milliseconds } from './duration.ts';
import { PROFILE_LIMITS } from './limits.ts';
import { isMistake, type Mistake } from './mistake.ts';
import { readObjective } from './objective.ts';
import { phaseNames, repeatedNames } from './phase-names.ts';
import { type Files, type RawPhase, readPhase } from './phases.ts';
import { DEFAULTS, PROFILE_SCHEMA } from './schema.ts';
import { isSearch, type RawSearch, readSearch, type Search } from './search.ts';

/** A profile as people write it, if the schema allows it. */
interface RawProfile {
  readonly name?: string;
  readonly seed?: number;
  readonly phases: readonly (RawPhase | RawSearch)[];
  readonly slo?: readonly string[];
  readonly timeout?: string;
  readonly arrivals?: Profile['arrivals'];
  readonly bases?: readonly string[];
  readonly workload?: {
    readonly facts?: {
      readonly count: number;
      readonly size?: number;
      readonly depth?: number;
      readonly changing?: number;
    };
    readonly agent_options?: readonly string[];
    readonly churn?: number;
  };
}

/** What is passed along with a profile. */
export interface ProfileOptions {
  /** Text of the files that the profile names, such as an access log. */
  readonly files?: Files;
  /** Replaces the seed of the profile. */
  readonly seed?: number;
}

/** What a file says: a test, or a search, whose tests have no phases in the file. */
export interface ReadProfile {
  readonly profile: Profile;
  readonly search: Search | null;
}

/**
 * Reads a profile and fills in the defaults.
 *
 * @param file - Name of the file in messages. It also names the test if the profile does not
 * @throws ProblemsError with all problems, each with its place
 */
export function readProfile(
  text: string,
  file: string,
  { files = new Map(), seed }: ProfileOptions = {},
): ReadProfile {
  const source = parseFile(file, text);
  const problems: Problem[] = [...source.problems, ...checkSchema(source, PROFILE_SCHEMA)];
  const convert = converter(source, problems);

  const raw = (source.data ?? {}) as RawProfile;
  const names = phaseNames(raw.phases);
  const bases = Array.isArray(raw.bases) ? raw.bases : null;
  const all = itemsOf(raw.phases);
  const searches = all.flatMap((phase, i) =>
    isSearch(phase) ? convert(['phases', i], (given) => readSearch(given, all.length), phase) : [],
  );
  const phases = all.flatMap((phase, i) =>
    isSearch(phase)
      ? []
      : convert(['phases', i], (given) => readPhase(given as RawPhase, names[i] as string, files), phase),
  );
  const slo = itemsOf(raw.slo ?? DEFAULTS.slo).flatMap((objective, i) =>
    convert(['slo', i], (given) => readObjective(given as string, bases), objective),
  );
  const timeout = convert(['timeout'], readTimeout, raw.timeout ?? DEFAULTS.timeout);
  problems.push(...repeatedNames(source, names));
  throwProblems(problems);

  const profile = {
    name: raw.name ?? nameOf(file),
    seed: seed ?? raw.seed ?? DEFAULTS.seed,
    phases,
    slo,
    timeout: timeout[0]?.seconds as number,
    arrivals: raw.arrivals ?? DEFAULTS.arrivals,
    bases,
    workload: workloadOf(raw.workload),
  };
  return { profile, search: searches[0] ?? null };
}

/** Names of the files whose text has to be passed with a profile. Invalid profiles may name some, too. */
export function filesNamed(text: string, file: string): string[] {
  const { data } = parseFile(file, text);
  const phases = itemsOf((data as Partial<RawProfile> | null | undefined)?.phases);
  const names = phases.map((phase) => (phase as { file?: unknown } | null)?.file);
  return [...new Set(names.filter((name): name is string => typeof name === 'string'))];
}

/** Creates a function that converts a value without problems so far, and reports why it cannot be converted. */
function converter(source: ParsedFile, problems: Problem[]) {
  return <T, R extends object>(path: KeyPath, read: (value: T) => R | Mistake, value: T): R[] => {
    const place = formatPath(path) as string;
    if (problems.some(({ key }) => key?.startsWith(place))) return [];
    const result = read(value);
    if (!isMistake(result)) return [result];
    const { path: below, message, ...more } = result;
    problems.push(source.problem([...path, ...below], message, more));
    return [];
  };
}

function readTimeout(text: string): { readonly seconds: number } | Mistake {
  const { min, max } = PROFILE_LIMITS.timeout;
  const timeout = milliseconds(text);
  if (timeout >= min && timeout <= max) return { seconds: Math.ceil(timeout / 1000) };
  return { path: [], message: 'is out of range; a timeout is at least 1s and at most 1d' };
}

function workloadOf({
  facts,
  agent_options = [],
  churn = 0,
}: NonNullable<RawProfile['workload']> = {}): Workload {
  return {
    facts: facts === undefined ? null : { ...DEFAULTS.facts, ...facts },
    agentOptions: agent_options,
    churn,
  };
}

/** The file's name without folders and extension, with what a name allows. */
function nameOf(file: string): string {
  const name = file.replace(/^.*\//, '').replace(/\.[^.]*$/, '');
  return (
    name
      .replace(/[^A-Za-z0-9 ._-]/g, '-')
      .replace(/^[^A-Za-z0-9]+/, '')
      .slice(0, 60) || 'profile'
  );
}
