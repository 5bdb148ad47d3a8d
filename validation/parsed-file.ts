import { isMap, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { formatPath, type KeyPath } from './key-path.ts';
import { tooDeepAt } from './nesting.ts';
import { parseErrorsOf, tooDeepError } from './parse-errors.ts';
import type { Problem } from './problem.ts';

/** A parsed YAML or JSON file, with the position of each value. */
export interface ParsedFile {
  /** Name of the file in messages. */
  readonly file: string;
  /** Undefined if the file has syntax errors. */
  readonly data: unknown;
  /** Syntax errors and other problems that do not depend on the schema. */
  readonly problems: readonly Problem[];
  /** The value at a path, or undefined if there is none. */
  at(path: KeyPath): unknown;
  /** A problem with the value at the path. With `of: 'key'`, a problem with the last key of the path. */
  problem(path: KeyPath, message: string, more?: Partial<Problem> & { of?: 'key' | 'value' }): Problem;
}

/**
 * Parses YAML or JSON. One parser reads both, because JSON is a subset of YAML and the parser knows positions.
 *
 * @param file - Name of the file in messages. If it ends in `.json`, the text must be strict JSON
 */
export function parseFile(file: string, text: string): ParsedFile {
  const lines = new LineCounter();
  // parseErrorsOf() finds duplicate keys, because it also knows their path in the data.
  const deep = tooDeepAt(text);
  const document = parseDocument(text.slice(0, deep), {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
  });
  const errors =
    deep === undefined ? parseErrorsOf(document, text, file.endsWith('.json')) : [tooDeepError(deep)];
  const data: unknown = errors.some(({ fatal }) => fatal) ? undefined : document.toJS();

  const positionOf = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const at = (path: KeyPath) => path.reduce<unknown>(member, data);

  return {
    file,
    data,
    problems: errors.map(({ offset, path, message }) => ({
      file,
      ...positionOf(offset),
      key: formatPath(path),
      message,
    })),
    at,
    problem(path, message, { of = 'value', ...more } = {}) {
      const value = of === 'value' ? at(path) : undefined;
      return {
        file,
        ...positionOf(offsetOf(document.contents, path, of)),
        key: formatPath(path),
        value,
        message,
        ...more,
      };
    },
  };
}

function member(value: unknown, part: string | number): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  // Tasks run on versions of Node without Object.hasOwn.
  return Object.getOwnPropertyDescriptor(value, part)?.value;
}

/** Follows the path as far as it exists. A missing key is reported at the map that should contain it. */
function offsetOf(root: Node | null, path: KeyPath, of: 'key' | 'value'): number {
  let offset = root?.range?.[0] ?? 0;
  let node: unknown = root;
  for (const part of path) {
    if (isMap<Node & { value?: unknown }, Node | null>(node)) {
      const pair = node.items.find(({ key }) => String(key.value) === part);
      if (!pair) return offset;
      offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq<Node>(node)) {
      node = node.items[Number(part)];
      offset = (node as Node | undefined)?.range?.[0] ?? offset;
    } else return offset;
  }
  return of === 'value' ? ((node as Node | null)?.range?.[0] ?? offset) : offset;
}
