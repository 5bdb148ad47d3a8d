import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BuildFailure, build } from 'esbuild';
import type { TaskModule } from '../../tasks/lib/contract/task-module.ts';
import { ProblemsError } from '../../validation/problem.ts';
import type { Layout } from '../layout.ts';
import type { TaskSource } from '../project.ts';
import { reportPage } from './report-page.ts';
import { readTree } from './tree.ts';

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
  const tasks: TaskSource[] = [];
  const define = await reportPage(layout.root).catch((error) => refuse(error, 'load/report/page'));
  for (const { path } of files) tasks.push(await readTask(layout, basename(path, '.ts'), define));
  return tasks;
}

async function readTask(layout: Layout, name: string, define: Definitions): Promise<TaskSource> {
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
  return { name, definition, bundle: await bundleTask(layout, name, define) };
}

/** Bundles a task into one file for Node.js 12, because Bolt copies only this file to the host. */
async function bundleTask({ root, tasks }: Layout, name: string, define: Definitions): Promise<string> {
  const entry = `import * as task from './${name}.ts';
import { main } from './lib/main.ts';
main(task.definition, task.run, task.program);
`;
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: tasks, sourcefile: `${name}.entry.ts`, loader: 'ts' },
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
  }).catch((error) => refuse(error, `tasks/${name}.ts`));
  return outputFiles.map(({ text }) => text).join('');
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
