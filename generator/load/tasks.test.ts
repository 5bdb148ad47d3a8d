import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { execa } from 'execa';
import { SMALL_LAYOUT } from '../fixtures/prepare.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { layoutOf } from '../layout.ts';
import { readTasks } from './tasks.ts';

const DEFINITION = "{ name: 'greet', description: 'x', supportsNoop: true, parameters: {} }";

/** A checkout with `text` as its only task, `greet`. */
async function checkout(text: string): Promise<ReturnType<typeof layoutOf>> {
  const layout = layoutOf(await temporaryFolder());
  await mkdir(layout.tasks);
  await writeFile(join(layout.tasks, 'greet.ts'), text);
  return layout;
}

describe('readTasks', () => {
  test('bundles each task into one file that runs on its own', async () => {
    const [task, ...others] = await readTasks(SMALL_LAYOUT);
    expect(others).toEqual([]);
    expect(task).toMatchObject({ name: 'greet', definition: { supportsNoop: true } });

    const file = join(await temporaryFolder(), 'greet.js');
    await writeFile(file, task?.bundle ?? '', { mode: 0o755 });
    const { stdout } = await execa(file, [], { input: '{"who":"all"}' });
    expect(JSON.parse(stdout)).toEqual({ task: 'greet', greeting: expect.stringContaining('greets all') });
  });

  test('contains no syntax that Node.js 12 does not support, and no unused code', async () => {
    const [task] = await readTasks(SMALL_LAYOUT);
    expect(task?.bundle).toMatch(/^#!\/usr\/bin\/env node\n/);
    expect(task?.bundle).not.toMatch(/node:|\?\?|\|\|=|Good bye|sourceMappingURL/);
  });

  test('generates the same file wherever the checkout is', async () => {
    const folder = await temporaryFolder();
    await cp(SMALL_LAYOUT.root, folder, { recursive: true });
    const [[here], [there]] = await Promise.all([readTasks(SMALL_LAYOUT), readTasks(layoutOf(folder))]);
    expect(there?.bundle).toBe(here?.bundle);
  });

  test.each([
    {
      given: `export const definition = ${DEFINITION.replace('greet', 'meet')};`,
      want: 'tasks/greet.ts: definition.name: "meet" must be "greet"',
    },
    { given: 'export const other = 1;', want: 'tasks/greet.ts: definition.name: must be "greet"' },
    { given: `export const definition = ${DEFINITION};`, want: './lib/main.ts' },
  ])('reports: $want', async ({ given, want }) => {
    await expect(readTasks(await checkout(given))).rejects.toThrow(want);
  });
});
