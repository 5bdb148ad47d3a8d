import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type ParsedFile, parseFile } from '../../validation/parsed-file.ts';
import { displayPath } from '../display-path.ts';
import type { Layout } from '../layout.ts';
import type { Project, TaskSource } from '../project.ts';
import { resolveModel } from './resolve-model.ts';
import { readSources } from './sources.ts';
import { readTasks } from './tasks.ts';

/** The files that a module is generated from. */
export interface Inputs {
  readonly layout: Layout;
  /** Path of `module.yaml`. */
  readonly config: string;
  /** Path of `metadata.json`. */
  readonly metadata: string;
  /** Working directory. The two paths above, and paths in messages, are relative to it. */
  readonly cwd: string;
  /** The layout's tasks, if they have been read before. */
  readonly tasks?: readonly TaskSource[];
}

/**
 * Reads and validates everything that a module is generated from.
 *
 * @throws ProblemsError with all problems in the two files, or with the first problem in templates or tasks
 */
export async function load({ layout, config, metadata, cwd, tasks }: Inputs): Promise<Project> {
  const [metadataFile, moduleFile, sources] = await Promise.all([
    readParsedFile(metadata, cwd, '--metadata'),
    readParsedFile(config, cwd, '--config'),
    readSources(layout),
  ]);
  const templates = new Set(
    sources.filter(({ origin }) => origin.startsWith('module-template/')).map(({ path }) => path),
  );
  const model = resolveModel({ metadata: metadataFile, module: moduleFile, templates });
  return { model, sources, tasks: tasks ?? (await readTasks(layout)) };
}

/** Does not throw if the file cannot be read: that is reported with the other problems. */
async function readParsedFile(path: string, cwd: string, option: string): Promise<ParsedFile> {
  const file = displayPath(cwd, path);
  try {
    return parseFile(file, await readFile(resolve(cwd, path), 'utf8'));
  } catch (error) {
    const message = `cannot be read: ${(error as Error).message}`;
    const problem = { file, message, remedy: `pass its path with ${option}` };
    return { ...parseFile(file, ''), data: undefined, problems: [problem] };
  }
}
