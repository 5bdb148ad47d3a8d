import { type Document, isPair, isSeq, type Node, visit } from 'yaml';
import { jsonError } from './json-error.ts';
import type { KeyPath } from './key-path.ts';
import { DEPTH_MAX } from './nesting.ts';

/** An error in a file that can be found without knowing its schema. */
export interface ParseError {
  /** Index into the text. */
  readonly offset: number;
  readonly path: KeyPath;
  readonly message: string;
  /** Whether the file's data cannot be used at all. */
  readonly fatal: boolean;
}

/**
 * Syntax errors, duplicate keys, and YAML aliases, which are not supported.
 *
 * @param json - Whether the text must be strict JSON
 */
export function parseErrorsOf(document: Document.Parsed, text: string, json: boolean): ParseError[] {
  const syntaxErrors = [...document.errors, ...document.warnings].map(({ pos, message }) =>
    fatal(pos[0], message),
  );
  if (syntaxErrors.length > 0) return syntaxErrors;
  return [...(json ? strictJson(text) : []), ...duplicateKeys(document), ...aliases(document)];
}

function fatal(offset: number, message: string): ParseError {
  return { offset, path: [], message, fatal: true };
}

/** The only error of a text that is nested too deeply to be parsed. */
export function tooDeepError(offset: number): ParseError {
  return fatal(offset, `Lists and maps are nested more than ${DEPTH_MAX} levels deep; write them flatter`);
}

/** Errors that a YAML parser accepts in JSON, but a JSON parser does not: comments, unquoted strings, trailing commas. */
function strictJson(text: string): ParseError[] {
  const error = jsonError(text);
  return error ? [fatal(error.offset, `This is not valid JSON: ${error.message}`)] : [];
}

function duplicateKeys(document: Document.Parsed): ParseError[] {
  const errors: ParseError[] = [];
  visit(document, {
    Map(_, node, ancestors) {
      const seen = new Set<string>();
      for (const { key } of node.items) {
        const name = String((key as { value?: unknown }).value);
        const path = [...pathOf([...ancestors, node]), name];
        const message = 'is a duplicate key; keep only one of them';
        if (seen.has(name))
          errors.push({ offset: (key as Node).range?.[0] ?? 0, path, message, fatal: false });
        seen.add(name);
      }
    },
  });
  return errors;
}

/** With aliases, one position in the file would have several paths in the data, and messages could name the wrong one. */
function aliases(document: Document.Parsed): ParseError[] {
  const errors: ParseError[] = [];
  visit(document, {
    Alias: (_, node) => {
      errors.push(fatal(node.range?.[0] ?? 0, `"*${node.source}" is an alias; write out its value`));
    },
  });
  return errors;
}

/** @param nodes - All nodes on the way from the document to the one whose path is wanted */
function pathOf(nodes: readonly unknown[]): KeyPath {
  return nodes.flatMap((node, i): KeyPath => {
    if (isPair(node)) return [String((node.key as { value?: unknown }).value)];
    return isSeq(node) ? [node.items.indexOf(nodes[i + 1])] : [];
  });
}
