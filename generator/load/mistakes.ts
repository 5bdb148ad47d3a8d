import { type Document, isPair, isSeq, type Node, visit } from 'yaml';
import type { Path } from './path.ts';
import { jsonError } from './strict-json.ts';

/** Something wrong with a file's form. */
export interface Mistake {
  readonly offset: number;
  readonly path: Path;
  readonly message: string;
  /** Nothing can be said about the data in the file. */
  readonly fatal: boolean;
}

/** Mistakes of syntax, keys that stand twice, and what these files do without. */
export function mistakesOf(document: Document.Parsed, text: string, json: boolean): Mistake[] {
  const broken = [...document.errors, ...document.warnings].map(({ pos, message }) => fatal(pos[0], message));
  if (broken.length > 0) return broken;
  return [...(json ? strictJson(text) : []), ...repeatedKeys(document), ...aliases(document)];
}

function fatal(offset: number, message: string): Mistake {
  return { offset, path: [], message, fatal: true };
}

/** What YAML lets pass but other readers of a JSON file do not: comments, bare words, a comma at the end. */
function strictJson(text: string): Mistake[] {
  const error = jsonError(text);
  return error ? [fatal(error.offset, `This is not JSON: ${error.message}`)] : [];
}

function repeatedKeys(document: Document.Parsed): Mistake[] {
  const mistakes: Mistake[] = [];
  visit(document, {
    Map(_, node, ancestors) {
      const seen = new Set<string>();
      for (const { key } of node.items) {
        const name = String((key as { value?: unknown }).value);
        const path = [...pathOf([...ancestors, node]), name];
        const message = 'stands here again; keep one of the two';
        if (seen.has(name))
          mistakes.push({ offset: (key as Node).range?.[0] ?? 0, path, message, fatal: false });
        seen.add(name);
      }
    },
  });
  return mistakes;
}

/** A place in the file should be one place in the data, or else messages would point to the wrong one. */
function aliases(document: Document.Parsed): Mistake[] {
  const mistakes: Mistake[] = [];
  visit(document, {
    Alias: (_, node) => {
      mistakes.push(fatal(node.range?.[0] ?? 0, `"*${node.source}" is an alias; write its value out`));
    },
  });
  return mistakes;
}

/** @param nodes - All nodes from the document to the one whose path is asked for */
function pathOf(nodes: readonly unknown[]): Path {
  return nodes.flatMap((node, i): Path => {
    if (isPair(node)) return [String((node.key as { value?: unknown }).value)];
    return isSeq(node) ? [node.items.indexOf(nodes[i + 1])] : [];
  });
}
