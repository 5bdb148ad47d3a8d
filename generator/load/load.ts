import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Layout } from '../layout.ts';
import { displayPath } from '../problem.ts';
import type { Project } from '../project.ts';
import { resolveModel } from './model.ts';
import { parseSource, type Source } from './source.ts';
import { readSources } from './sources.ts';
import { readTasks } from './tasks.ts';

/** What a module is made from, and which one. */
export interface Inputs {
  readonly layout: Layout;
  /** Path of `module.yaml`. */
  readonly config: string;
  /** Path of `metadata.json`. */
  readonly metadata: string;
  /** Folder that paths are relative to, in the options and in messages. */
  readonly cwd: string;
}

/**
 * Reads all that a module is made from.
 *
 * @throws ProblemsError with every mistake in the two files
 */
export async function load({ layout, config, metadata, cwd }: Inputs): Promise<Project> {
  const [metadataSource, moduleSource, sources] = await Promise.all([
    readSourceFile(metadata, cwd, '--metadata'),
    readSourceFile(config, cwd, '--config'),
    readSources(layout),
  ]);
  const templates = new Set(
    sources.filter(({ origin }) => origin.startsWith('module-template/')).map(({ path }) => path),
  );
  const model = resolveModel({ metadata: metadataSource, module: moduleSource, templates });
  return { model, sources, tasks: await readTasks(layout) };
}

/** A file that cannot be read is a mistake among others. */
async function readSourceFile(path: string, cwd: string, option: string): Promise<Source> {
  const file = displayPath(cwd, path);
  try {
    return parseSource(file, await readFile(resolve(cwd, path), 'utf8'));
  } catch (error) {
    const message = `cannot be read: ${(error as Error).message}`;
    const problem = { file, message, remedy: `name the file with ${option}` };
    return { ...parseSource(file, ''), data: undefined, problems: [problem] };
  }
}
