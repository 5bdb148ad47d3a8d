import type { KeyPath } from '../../validation/key-path.ts';
import { suggest } from '../../validation/suggest.ts';

/** What is wrong with a value that the schema allows. */
export interface Mistake {
  /** Path below the value that was read. Empty for the value itself. */
  readonly path: KeyPath;
  /** Whether a key is wrong or missing, so that the value need not be shown. */
  readonly of?: 'key';
  /** The sentence continues after the value, as in `Problem`. */
  readonly message: string;
  readonly allowed?: readonly string[];
  readonly suggestion?: string;
}

/** A name within a value is not one of those known. */
export function unknownName(what: string, name: string, allowed: readonly string[]): Mistake {
  const message = `has the unknown ${what} "${name}"; known are ${allowed.join(', ')}`;
  return { path: [], message, allowed, suggestion: suggest(name, allowed) };
}

export function isMistake(value: object): value is Mistake {
  return 'message' in value;
}
