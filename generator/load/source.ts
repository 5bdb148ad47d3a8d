import { isMap, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Problem } from '../problem.ts';
import { mistakesOf } from './mistakes.ts';
import { formatPath, type Path } from './path.ts';

/** A file's data together with the places where they stand. */
export interface Source {
  readonly file: string;
  /** Undefined where the file's syntax is broken. */
  readonly data: unknown;
  /** Mistakes of form, which can be told without knowing what the file should say. */
  readonly problems: readonly Problem[];
  at(path: Path): unknown;
  /** A problem with the value at the path, or, with `of: 'key'`, with the key that the path ends in. */
  problem(path: Path, message: string, more?: Partial<Problem> & { of?: 'key' | 'value' }): Problem;
}

/**
 * Reads YAML, or JSON, which is YAML too, so that one parser knows the places in both.
 *
 * @param file - Name of the file in messages; `.json` at its end asks for strict JSON
 */
export function parseSource(file: string, text: string): Source {
  const lines = new LineCounter();
  // Keys that stand twice are found in mistakes.ts, which can say where in the data they stand.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  const mistakes = mistakesOf(document, text, file.endsWith('.json'));
  const data: unknown = mistakes.some(({ fatal }) => fatal) ? undefined : document.toJS();

  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const at = (path: Path) => path.reduce<unknown>(member, data);

  return {
    file,
    data,
    problems: mistakes.map(({ offset, path, message }) => ({
      file,
      ...place(offset),
      key: formatPath(path),
      message,
    })),
    at,
    problem(path, message, { of = 'value', ...more } = {}) {
      const value = of === 'value' ? at(path) : undefined;
      return {
        file,
        ...place(offsetOf(document.contents, path, of)),
        key: formatPath(path),
        value,
        message,
        ...more,
      };
    },
  };
}

function member(value: unknown, part: string | number): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
  return (value as Record<string | number, unknown>)[part];
}

/** Follows the path as far as the file has it: what is missing is reported where it would have stood. */
function offsetOf(root: Node | null, path: Path, of: 'key' | 'value'): number {
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
