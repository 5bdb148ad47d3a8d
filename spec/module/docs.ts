import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { REPO } from '../../lab/paths.ts';
import { type Block, commandsIn, type Page, readPage } from './pages.ts';

const DOCS = (await readdir(path.join(REPO, 'docs'))).filter((name) => name.endsWith('.md'));

/** Pages of the repository, by their paths. */
export const PAGES = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'ARCHITECTURE.md'],
  ...DOCS.map((name) => `docs/${name}`),
  ...['examples/README.md', 'examples/bolt/README.md'],
];

export const pages = await Promise.all(PAGES.map((file) => readPage(REPO, file)));

export function pageOf(file: string): Page {
  return pages.find((page) => page.file === file) as Page;
}

/** Blocks of code in a language, of all pages. */
export function blocksOf(language: string): Block[] {
  return pages.flatMap(({ blocks }) => blocks.filter((block) => block.language === language));
}

/** A command that a page shows. */
export interface Command {
  readonly where: string;
  readonly command: string;
  /** Its words, as a shell makes them. */
  readonly words: readonly string[];
}

/** The words of each command. One shell splits them all: a process for each would take seconds. */
async function wordsOf(commands: readonly string[]): Promise<string[][]> {
  const lines = commands.map((command) => `printf '%s\\0' ${command}\nprintf '\\001'`);
  const { stdout } = await execa('sh', ['-efc', lines.join('\n')], { stdin: 'ignore' });
  return stdout
    .split('\u0001')
    .slice(0, -1)
    .map((words) => words.split('\0').slice(0, -1));
}

async function commandsOf(shown: readonly Page[]): Promise<Command[]> {
  const found = shown.flatMap(commandsIn);
  const words = await wordsOf(found.map(({ command }) => command));
  return found.map((command, i) => ({ ...command, words: words[i] as string[] }));
}

/** Commands that pages show. */
export const commands: readonly Command[] = await commandsOf(pages);

/** A command of Bolt, or of Bolt by the lab, which adds the target. */
export interface BoltCommand {
  readonly command: string;
  readonly lab: boolean;
  /** Words after the verbs. */
  readonly rest: readonly string[];
}

/** Commands of Bolt that pages show, such as those that begin with `task run`. */
export function boltCommands(...verbs: string[]): BoltCommand[] {
  return commands.flatMap(({ command, words }) => {
    const lab = words[0] === 'bin/lab';
    const own = lab ? words.slice(1) : words;
    const does = own[0] === 'bolt' && verbs.every((verb, i) => own[i + 1] === verb);
    return does ? [{ command, lab, rest: own.slice(verbs.length + 1) }] : [];
  });
}

/** The `name=value` words of a command; a value that is JSON stands for what it says. */
export function parametersOf(words: readonly string[]): Record<string, unknown> {
  const pairs = words.flatMap((word): [string, unknown][] => {
    const [, name, value] = /^([a-z_]+)=(.*)$/s.exec(word) ?? [];
    if (name === undefined || value === undefined) return [];
    try {
      return [[name, JSON.parse(value)]];
    } catch {
      return [[name, value]];
    }
  });
  return Object.fromEntries(pairs);
}
