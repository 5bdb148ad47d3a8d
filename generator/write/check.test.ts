import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { check, EMPTY_SUMMARY, file, out, snapshot, write } from '../fixtures/output-folder.ts';

describe('checkFiles', () => {
  test('reports no changes if the folder is up to date', async () => {
    await write([file('a')]);
    expect(await check([file('a')])).toEqual({ summary: { ...EMPTY_SUMMARY, unchanged: ['a'] }, diff: '' });
  });

  test('reports what would change and changes nothing', async () => {
    await write([
      file('a', 'one\ntwo\n'),
      file('gone', 'bye\n'),
      file('run', '#!\n'),
      file('edited', 'old\n'),
    ]);
    await writeFile(join(out, 'edited'), 'by hand\n');
    const before = await snapshot();
    const binary = { path: 'bin', content: Buffer.from([0]), mode: 0o644 as const };
    const { summary, diff } = await check([
      file('a', 'one\n2\n'),
      file('new', 'hello\n'),
      file('run', '#!\n', 0o755),
      file('edited', 'old\n'),
      binary,
    ]);
    expect(summary).toEqual({
      created: ['bin', 'new'],
      changed: ['a', 'edited', 'run'],
      removed: ['gone'],
      unchanged: [],
    });
    expect(diff).toContain('--- a/a\n+++ b/a\n@@ -1,2 +1,2 @@\n one\n-two\n+2\n');
    expect(diff).toContain('--- /dev/null\n+++ b/new\n@@ -0,0 +1,1 @@\n+hello\n');
    expect(diff).toContain('--- a/gone\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-bye\n');
    expect(diff).toContain('-by hand\n+old\n');
    expect(diff).toContain('diff --git a/run b/run\nold mode 100644\nnew mode 100755\n');
    expect(diff).toContain('Binary files /dev/null and b/bin differ\n');
    expect(await snapshot()).toEqual(before);
  });

  test('rejects a file of somebody else', async () => {
    await mkdir(out, { recursive: true });
    await writeFile(join(out, 'a'), 'mine');
    await expect(check([file('a')])).rejects.toThrow('out/a: was not written by this generator');
  });
});
