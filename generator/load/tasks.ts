import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BuildFailure, build, type Plugin } from 'esbuild';
import type { TaskModule } from '../../tasks/lib/contract/task-module.ts';
import { ProblemsError } from '../../validation/problem.ts';
import type { Layout } from '../layout.ts';
import type { TaskSource } from '../project.ts';
import { reportPage } from './report-page.ts';
import { readTree } from './tree.ts';

/** Namespace of entry points, which are no files. */
const ENTRY = 'entry';

/** Constants that bundles contain as text. */
type Definitions = Readonly<Record<string, string>>;

/**
 * Reads and bundles every task in the tasks folder.
 *
 * @throws ProblemsError if a task has another name than its file, or cannot be bundled
 */
export async function readTasks(layout: Layout): Promise<TaskSource[]> {
  const files = await readTree({
    folder: layout.tasks,
    path: '',
    origin: 'tasks',
    only: /^[a-z][a-z0-9_]*\.ts$/,
  });
  const definitions = new Map<string, TaskModule['definition']>();
  for (const { path } of files) {
    const name = basename(path, '.ts');
    definitions.set(name, await readDefinition(layout, name));
  }
  const bundles = await bundleTasks(layout, [...definitions.keys()]);
  return [...definitions].map(([name, definition]) => ({
    name,
    definition,
    bundle: bundles.get(name) as string,
  }));
}

async function readDefinition(layout: Layout, name: string): Promise<TaskModule['definition']> {
  const { definition }: TaskModule = await import(pathToFileURL(join(layout.tasks, `${name}.ts`)).href);
  if (definition?.name !== name) {
    throw new ProblemsError([
      {
        file: `tasks/${name}.ts`,
        key: 'definition.name',
        value: definition?.name,
        message: `must be "${name}", the name of the file`,
      },
    ]);
  }
  return definition;
}

/**
 * Bundles each task into one file for Node.js 12, because Bolt copies only this file to the host. One build for all: what
 * they share is read once.
 */
async function bundleTasks({ root, tasks }: Layout, names: readonly string[]): Promise<Map<string, string>> {
  const define: Definitions = await reportPage(root).catch((error) => refuse(error, 'load/report/page'));
  const { outputFiles } = await build({
    entryPoints: names.map((name) => ({ in: `${ENTRY}:${name}`, out: name })),
    plugins: [entryPoints(tasks)],
    outdir: tasks,
    // Comments in the bundle contain paths relative to this. They must not depend on the working directory.
    absWorkingDir: root,
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    target: 'node12.22',
    treeShaking: true,
    charset: 'utf8',
    legalComments: 'inline',
    banner: { js: '#!/usr/bin/env node' },
    define,
    tsconfigRaw: {},
    logLevel: 'silent',
  }).catch((error) => refuse(error, 'tasks'));
  return new Map(outputFiles.map(({ path, text }) => [basename(path, '.js'), text]));
}

/** Makes the program of each task. */
function entryPoints(tasks: string): Plugin {
  return {
    name: ENTRY,
    setup({ onResolve, onLoad }) {
      onResolve({ filter: new RegExp(`^${ENTRY}:`) }, ({ path }) => ({
        path: path.slice(ENTRY.length + 1),
        namespace: ENTRY,
      }));
      onLoad({ filter: /.*/, namespace: ENTRY }, ({ path: name }) => ({
        contents: `import * as task from './${name}.ts';
import { main } from './lib/main.ts';
main(task.definition, task.run, task.program);
`,
        loader: 'ts',
        resolveDir: tasks,
      }));
    },
  };
}

/** Reports what cannot be bundled. */
function refuse({ errors }: BuildFailure, file: string): never {
  throw new ProblemsError(
    errors.map(({ location, text }) => ({
      file: location?.file ?? file,
      line: location?.line,
      column: location ? location.column + 1 : undefined,
      message: text,
    })),
  );
}
