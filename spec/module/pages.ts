import { readFile } from 'node:fs/promises';
import path from 'node:path';
import GithubSlugger from 'github-slugger';
import { lexer, type Token, type Tokens, walkTokens } from 'marked';

/** A page of Markdown, as far as tests look into it. */
export interface Page {
  /** Relative to the folder that it was read from. */
  readonly file: string;
  readonly blocks: readonly Block[];
  /** Texts of inline code. */
  readonly spans: readonly string[];
  /** Addresses of links and images. */
  readonly links: readonly string[];
  /** Anchors of headings, as forges make them. */
  readonly anchors: readonly string[];
  readonly tables: readonly Tokens.Table[];
}

/** A block of code. */
export interface Block {
  /** Where it is, for messages. */
  readonly where: string;
  /** The heading above it. */
  readonly heading: string;
  readonly language: string;
  readonly text: string;
}

/** Reads a page. */
export async function readPage(folder: string, file: string): Promise<Page> {
  const blocks: Block[] = [];
  const spans: string[] = [];
  const links: string[] = [];
  const anchors: string[] = [];
  const tables: Tokens.Table[] = [];
  const slugger = new GithubSlugger();
  let heading = '';
  walkTokens(lexer(await readFile(path.join(folder, file), 'utf8')), (token: Token) => {
    if (token.type === 'heading') {
      heading = token.text;
      anchors.push(slugger.slug(heading.replaceAll('`', '')));
    }
    if (token.type === 'code') {
      const [first = ''] = token.text.split('\n');
      blocks.push({ where: `${file}: ${first}`, heading, language: token.lang ?? '', text: token.text });
    }
    if (token.type === 'codespan') spans.push(token.text);
    if (token.type === 'link' || token.type === 'image') links.push(token.href);
    if (token.type === 'table') tables.push(token as Tokens.Table);
  });
  return { file, blocks, spans, links, anchors, tables };
}

/** The block below a heading. */
export function blockUnder(page: Page, heading: string): Block {
  const block = page.blocks.find((candidate) => candidate.heading === heading);
  if (!block) throw new Error(`${page.file} has no block of code under "${heading}"`);
  return block;
}

/** Commands in blocks of shell: all lines of `sh`, and of `console` those after a prompt. */
export function commandsIn({ blocks }: Page): { where: string; command: string }[] {
  return blocks.flatMap(({ where, language, text }) => {
    const lines = text.replaceAll(/\\\n\s*/g, ' ').split('\n');
    const commands =
      language === 'sh'
        ? lines.filter((line) => line.trim() !== '' && !line.startsWith('#'))
        : language === 'console'
          ? lines.filter((line) => line.startsWith('$ ')).map((line) => line.slice(2))
          : [];
    return commands.map((command) => ({ where, command }));
  });
}
