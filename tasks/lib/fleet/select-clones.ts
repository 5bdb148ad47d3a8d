import picomatch from 'picomatch';
import { type Clone, clonesOf, type Fleet } from '../../../model/fleet.ts';
import { didYouMean } from '../contract/did-you-mean.ts';
import { type Reason, TaskError } from '../contract/errors.ts';

/** The names that one item stands for, or why it stands for none. */
type Found = { readonly names: readonly string[] } | Problem;

interface Problem {
  readonly reason: Reason;
  readonly problem: string;
}

/** `clone1-clone20` or `clone1-20`; a prefix may hold dashes and digits, and does not end in a digit. */
const RANGE = /^(?<prefix>[a-z](?:[a-z0-9-]*[a-z-])?)(?<from>\d+)-(?:\k<prefix>)?(?<to>\d+)$/;

/** Looks like a range, but from one prefix to another. */
const MIXED_RANGE = /^(?<start>[a-z][a-z0-9-]*\d)-(?<end>[a-z][a-z0-9-]*\d)$/;

/** What a task's parameters say of the clones that it is about; see `parameters.ts`. */
export interface Selection {
  readonly clones?: string | readonly string[];
  readonly base?: string | readonly string[];
}

/**
 * The clones that a task's parameters mean, in the fleet's order and each once: those of `clones` that stand on `base`.
 *
 * @throws TaskError with all that is wrong with a parameter; its reason is that of the first problem
 */
export function selectClones(fleet: Fleet, { clones, base }: Selection = {}): Clone[] {
  const chosen = clones === undefined ? clonesOf(fleet) : byName(clonesOf(fleet), clones);
  if (base === undefined) return chosen;

  const bases = knownBases(fleet, base);
  const standing = chosen.filter((clone) => bases.has(clone.base));
  if (standing.length === 0) {
    throw new TaskError('unknown-clone', `none of these clones stands on ${[...bases].join(' or ')}`);
  }
  return standing;
}

function knownBases(fleet: Fleet, wanted: string | readonly string[]): Set<string> {
  const known = [...new Set(fleet.groups.map(({ base }) => base))];
  const bases = itemsOf('base', wanted);
  const problems = bases.filter((base) => !known.includes(base));
  if (problems.length > 0) {
    const list = problems.map((base) => `there is no base "${base}"${didYouMean(base, known)}`);
    throw new TaskError(
      'unknown-base',
      `base: ${list.join('. ')}. This fleet stands on ${known.join(', ')}`,
      {
        problems: list,
      },
    );
  }
  return new Set(bases);
}

/** The items of a list that is an array, a string with commas, or both. */
function itemsOf(parameter: string, wanted: string | readonly string[]): string[] {
  const items = (typeof wanted === 'string' ? [wanted] : wanted)
    .flatMap((list) => list.split(','))
    .map((item) => item.trim())
    .filter((item) => item !== '');
  if (items.length === 0) {
    throw new TaskError(
      'bad-input',
      `${parameter} is ${JSON.stringify(wanted)}, which names none; leave it out for all`,
    );
  }
  return items;
}

function byName(clones: readonly Clone[], wanted: string | readonly string[]): Clone[] {
  const items = itemsOf('clones', wanted);
  const known = clones.map(({ name }) => name);
  const found = items.map((item) => find(item, known));
  const problems = found.filter((result): result is Problem => 'problem' in result);
  if (problems[0]) throw refusal(problems[0].reason, problems, known);

  const names = new Set(found.flatMap((result) => ('names' in result ? result.names : [])));
  return clones.filter(({ name }) => names.has(name));
}

function find(item: string, known: readonly string[]): Found {
  // A name first: "load-a1-b2" may be one as well as look like a range.
  if (known.includes(item)) return { names: [item] };
  if (/[*?[\]]/.test(item)) return match(item, known);

  const range = RANGE.exec(item)?.groups;
  if (range) return between(item, range as Record<'prefix' | 'from' | 'to', string>, known);
  const mixed = MIXED_RANGE.exec(item)?.groups;
  if (mixed && [mixed.start, mixed.end].some((end) => known.includes(end as string))) {
    return {
      reason: 'bad-range',
      problem: `range "${item}" runs from one prefix to another; name two ranges`,
    };
  }
  return { reason: 'unknown-clone', problem: `there is no clone "${item}"${didYouMean(item, known)}` };
}

function match(pattern: string, known: readonly string[]): Found {
  const isMatch = picomatch(pattern, { nobrace: true, noextglob: true, nonegate: true });
  const names = known.filter((name) => isMatch(name));
  return names.length > 0 ? { names } : { reason: 'unknown-clone', problem: `no clone matches "${pattern}"` };
}

function between(
  item: string,
  { prefix, from, to }: Record<'prefix' | 'from' | 'to', string>,
  known: readonly string[],
): Found {
  const missing = [prefix + from, prefix + to].filter((end) => !known.includes(end));
  if (missing.length > 0) {
    const ends = missing.map((end) => `"${end}"`).join(' and ');
    return { reason: 'bad-range', problem: `range "${item}" ends at ${ends}, which the fleet does not have` };
  }
  const [first, last] = [Number(from), Number(to)];
  if (first > last) {
    return {
      reason: 'bad-range',
      problem: `range "${item}" runs backwards; write "${prefix}${to}-${prefix}${from}"`,
    };
  }
  const names = known.filter((name) => {
    const number = name.startsWith(prefix) ? name.slice(prefix.length) : '';
    return /^\d+$/.test(number) && first <= Number(number) && Number(number) <= last;
  });
  return { names };
}

function refusal(reason: Reason, problems: readonly Problem[], known: readonly string[]): TaskError {
  const list = problems.map(({ problem }) => problem);
  const has =
    known.length === 0 ? 'no clones' : `${known.length} clones, ${known[0]} to ${known[known.length - 1]}`;
  return new TaskError(reason, `clones: ${list.join('. ')}. This fleet has ${has}`, {
    problems: list,
    clones: known.length,
  });
}
