import picomatch from 'picomatch';
import { type Clone, clonesOf, type Fleet } from '../../../model/fleet.ts';
import { CLONES_MAX } from '../../../model/limits.ts';
import { didYouMean } from '../contract/did-you-mean.ts';
import { type Reason, TaskError } from '../contract/errors.ts';
import { quote } from '../contract/quote.ts';

/** Names that an item of the list refers to, or the problem with it. */
type Resolution = { readonly names: readonly string[] } | Problem;

interface Problem {
  readonly reason: Reason;
  readonly problem: string;
}

/** `clone1-clone20` or `clone1-20`. A prefix can contain dashes and digits, but does not end in a digit. */
const RANGE = /^(?<prefix>[a-z](?:[a-z0-9-]*[a-z-])?)(?<from>\d+)-(?:\k<prefix>)?(?<to>\d+)$/;

/** Like a range, but possibly with two different prefixes. */
const MIXED_RANGE = /^(?<start>[a-z][a-z0-9-]*\d)-(?<end>[a-z][a-z0-9-]*\d)$/;

/** Maximum length of an item. A range between the longest clone names has 91 characters. */
const ITEM_MAX = 255;

/** Maximum number of problems to report. Finding similar names takes time. */
const PROBLEMS_MAX = 10;

/** Parameters that select the clones of a task; see `parameters.ts`. */
export interface Selection {
  readonly clones?: string | readonly string[];
  readonly base?: string | readonly string[];
}

/**
 * Selects clones by name and base image. Returns each clone once, in fleet order.
 *
 * @throws TaskError with all problems of a parameter, and the reason of the first one
 */
export function selectClones(fleet: Fleet, { clones, base }: Selection = {}): Clone[] {
  const chosen = clones === undefined ? clonesOf(fleet) : byName(clonesOf(fleet), clones);
  if (base === undefined) return chosen;

  const bases = knownBases(fleet, base);
  const selected = chosen.filter((clone) => bases.has(clone.base));
  if (selected.length === 0) {
    throw new TaskError('unknown-clone', `none of these clones uses base image ${[...bases].join(' or ')}`);
  }
  return selected;
}

/**
 * Selects base images by name; all of the fleet's if none are given.
 *
 * @throws TaskError `unknown-base` with all unknown names
 */
export function selectBases(fleet: Fleet, { base }: Pick<Selection, 'base'>): string[] {
  return base === undefined ? basesOf(fleet) : [...knownBases(fleet, base)];
}

function basesOf(fleet: Fleet): string[] {
  return [...new Set(fleet.groups.map(({ base }) => base))];
}

function knownBases(fleet: Fleet, wanted: string | readonly string[]): Set<string> {
  const known = basesOf(fleet);
  const bases = itemsOf('base', wanted);
  const problems = bases.filter((base) => !known.includes(base)).slice(0, PROBLEMS_MAX);
  if (problems.length > 0) {
    const list = problems.map((base) => `unknown base image ${quote(base)}${didYouMean(base, known)}`);
    throw new TaskError('unknown-base', `base: ${list.join('. ')}. This fleet uses ${known.join(', ')}`, {
      problems: list,
    });
  }
  return new Set(bases);
}

/** Items of a comma-separated string, or of an array of such strings. */
function itemsOf(parameter: string, wanted: string | readonly string[]): string[] {
  const items = (typeof wanted === 'string' ? [wanted] : wanted)
    .flatMap((list) => list.split(','))
    .map((item) => item.trim())
    .filter((item) => item !== '');
  if (items.length === 0) {
    throw new TaskError(
      'bad-input',
      `${parameter} is ${quote(wanted)}, which contains no names; omit it to select all`,
    );
  }
  const long = items.find((item) => item.length > ITEM_MAX);
  if (long !== undefined) {
    throw new TaskError(
      'bad-input',
      `${parameter}: ${quote(long)} has ${long.length} characters; the maximum is ${ITEM_MAX}`,
    );
  }
  if (items.length > CLONES_MAX) {
    throw new TaskError(
      'bad-input',
      `${parameter} has ${items.length} items; the maximum is ${CLONES_MAX}. Use ranges or patterns`,
    );
  }
  return items;
}

function byName(clones: readonly Clone[], wanted: string | readonly string[]): Clone[] {
  const items = itemsOf('clones', wanted);
  const known = clones.map(({ name }) => name);
  const names = new Set<string>();
  const problems: Problem[] = [];
  for (const item of items) {
    const resolution = resolve(item, known);
    if ('names' in resolution) for (const name of resolution.names) names.add(name);
    else problems.push(resolution);
    if (problems.length === PROBLEMS_MAX) break;
  }
  if (problems[0]) throw selectionError(problems[0].reason, problems, known);

  return clones.filter(({ name }) => names.has(name));
}

function resolve(item: string, known: readonly string[]): Resolution {
  // Names take precedence: "load-a1-b2" can be a name although it looks like a range.
  if (known.includes(item)) return { names: [item] };
  if (/[*?[\]]/.test(item)) return resolvePattern(item, known);

  const range = RANGE.exec(item)?.groups;
  if (range) return resolveRange(item, range as Record<'prefix' | 'from' | 'to', string>, known);
  const mixed = MIXED_RANGE.exec(item)?.groups;
  if (mixed && [mixed.start, mixed.end].some((end) => known.includes(end as string))) {
    return {
      reason: 'bad-range',
      problem: `range ${quote(item)} mixes two prefixes; use one range for each`,
    };
  }
  const suggestion = isOnlyTooHigh(item, known) ? '' : didYouMean(item, known);
  return { reason: 'unknown-clone', problem: `unknown clone ${quote(item)}${suggestion}` };
}

/** Whether the name is correct except for its number. Names with other numbers would be no help then. */
function isOnlyTooHigh(item: string, known: readonly string[]): boolean {
  const prefix = /^(.*\D)[1-9]\d*$/.exec(item)?.[1];
  return prefix !== undefined && known.includes(`${prefix}1`);
}

function resolvePattern(pattern: string, known: readonly string[]): Resolution {
  const isMatch = picomatch(pattern, { nobrace: true, noextglob: true, nonegate: true });
  const names = known.filter((name) => isMatch(name));
  return names.length > 0
    ? { names }
    : { reason: 'unknown-clone', problem: `no clone matches ${quote(pattern)}` };
}

function resolveRange(
  item: string,
  { prefix, from, to }: Record<'prefix' | 'from' | 'to', string>,
  known: readonly string[],
): Resolution {
  const missing = [prefix + from, prefix + to].filter((end) => !known.includes(end));
  if (missing.length > 0) {
    const ends = missing.map((end) => quote(end)).join(' and ');
    return { reason: 'bad-range', problem: `range ${quote(item)} refers to ${ends}, outside this fleet` };
  }
  const [first, last] = [Number(from), Number(to)];
  if (first > last) {
    return {
      reason: 'bad-range',
      problem: `range ${quote(item)} runs backwards; use ${quote(`${prefix}${to}-${prefix}${from}`)}`,
    };
  }
  const names = known.filter((name) => {
    const number = name.startsWith(prefix) ? name.slice(prefix.length) : '';
    return /^\d+$/.test(number) && first <= Number(number) && Number(number) <= last;
  });
  return { names };
}

function selectionError(reason: Reason, problems: readonly Problem[], known: readonly string[]): TaskError {
  const list = problems.map(({ problem }) => problem);
  const has =
    known.length < 2
      ? `only ${known[0] ?? 'no clones'}`
      : `${known.length} clones, ${known[0]} to ${known[known.length - 1]}`;
  return new TaskError(reason, `clones: ${list.join('. ')}. This fleet has ${has}`, {
    problems: list,
    clones: known.length,
  });
}
