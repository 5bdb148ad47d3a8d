import { parse } from 'yaml';

/** What a file of YAML holds, as far as it is known: sections of values. */
export type Tree = Readonly<Record<string, unknown>>;

/** A word for which YAML has no meaning of its own. */
const WORD = '(?!(?:y|n|yes|no|on|off|true|false|null)(?![\\w.-]))[A-Za-z][\\w.-]*';

/** A section's name, or a value in one; agents write nothing else. */
const LINE = new RegExp(`^(?:(?<section>${WORD}):|  (?<key>${WORD}): (?<value>\\S+))$`);

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+(?:e[-+]\d+)?)?$/;

/** Quoted without an escape, or a word. */
const STRING = new RegExp(`^(?:"(?<double>[^"\\\\]*)"|'(?<single>[^'\\\\]*)'|(?<word>${WORD}))$`, 'i');

/**
 * Reads the YAML of an agent's summary.
 *
 * What looks as agents write it is read line by line, which takes next to no time; to make sure
 * that YAML is YAML takes more than a millisecond, for each clone of a fleet.
 *
 * @throws Error, where it is no YAML
 */
export function parseSummary(text: string): Tree {
  // Ruby writes YAML 1.1. A warning about a tag would end up in the task's standard error.
  return parsePlain(text) ?? treeOf(parse(text, { version: '1.1', logLevel: 'error' }));
}

/** A value as a tree; an empty one where it is none. */
export function treeOf(value: unknown): Tree {
  return typeof value === 'object' && value !== null ? (value as Tree) : {};
}

/** Sections of numbers and short strings; undefined where there is anything else in the text. */
function parsePlain(text: string): Tree | undefined {
  const tree: Record<string, Record<string, unknown>> = {};
  let section: Record<string, unknown> | undefined;
  for (const line of text
    .replace(/^---\n/, '')
    .replace(/\n$/, '')
    .split('\n')) {
    const found = LINE.exec(line)?.groups;
    if (found?.section !== undefined) {
      section = tree[found.section] = {};
      continue;
    }
    const { key, value } = found ?? {};
    const scalar = value === undefined ? undefined : scalarOf(value);
    if (section === undefined || key === undefined || scalar === undefined) return undefined;
    section[key] = scalar;
  }
  return tree;
}

function scalarOf(text: string): string | number | undefined {
  if (NUMBER.test(text)) return Number(text);
  const { double, single, word } = STRING.exec(text)?.groups ?? {};
  return double ?? single ?? word;
}
