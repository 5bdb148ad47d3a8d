import { mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { EmittedFile } from '../emit/file.ts';
import { EMPTY_SUMMARY, file, out, snapshot, write } from '../fixtures/output-folder.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';

describe('writeFiles refuses', () => {
  /** Nothing at all is written, not even what nothing is in the way of. */
  async function refuses(files: EmittedFile[], ...want: string[]): Promise<void> {
    const before = await snapshot();
    const error = await write(files).catch((reason) => reason);
    expect(error).toMatchObject({ name: 'ProblemsError' });
    for (const text of want) expect(error.message).toContain(text);
    expect(await snapshot()).toEqual(before);
  }

  test('to overwrite what it did not write', async () => {
    await mkdir(out, { recursive: true });
    await writeFile(join(out, 'README.md'), 'mine');
    await refuses(
      [file('a'), file('README.md')],
      'out/README.md: was not written by this generator; move it away',
    );
  });

  test('to overwrite what it did not write even where it is the same', async () => {
    await mkdir(out, { recursive: true });
    await writeFile(join(out, 'a'), 'text\n');
    await refuses([file('a')], 'out/a: was not written by this generator');
  });

  test('to overwrite or remove what was edited, naming each', async () => {
    await write([file('a'), file('b')]);
    await writeFile(join(out, 'a'), 'edited');
    await writeFile(join(out, 'b'), 'edited');
    await refuses(
      [file('a', 'new\n'), file('c')],
      'out/a: was edited since it was written; move the edit to the template that it is made from, or delete the file',
      'out/b: was edited since it was written; it is no longer made: delete it or move it away',
    );
  });

  test('no longer, once the template says what the edit said', async () => {
    await write([file('a')]);
    await writeFile(join(out, 'a'), 'edited');
    expect(await write([file('a', 'edited')])).toEqual({ ...EMPTY_SUMMARY, unchanged: ['a'] });
    expect(await write([file('a', 'new')])).toEqual({ ...EMPTY_SUMMARY, changed: ['a'] });
  });

  test('to put a file where a folder of somebody else is, or below a file of theirs', async () => {
    await mkdir(join(out, 'a'), { recursive: true });
    await writeFile(join(out, 'a', 'mine'), '');
    await writeFile(join(out, 'b'), '');
    await refuses(
      [file('a'), file('b/c')],
      'out/a: is a folder',
      'out/b: was not written by this generator',
      'b/c is written below it',
    );
  });

  test.each(['../a', 'a/../../b', '/etc/a', 'C:/a', 'a\\b', 'a//b', './a', '', 'a/', 'a\0'])(
    'the path %j',
    async (path) => {
      await refuses([file('fine'), file(path)], 'cannot be written: the path');
    },
  );

  test.each(['.clone-army.json', 'a/.x.clone-army-tmp'])(
    'the path %j, which it needs itself',
    async (path) => {
      await refuses([file(path)], "is one of the generator's own");
    },
  );

  test("links on the way, in the file's place, and in the manifest's", async () => {
    const elsewhere = await temporaryFolder();
    await write([file('own/a'), file('b')]);
    await rm(join(out, 'own'), { recursive: true });
    await symlink(elsewhere, join(out, 'own'));
    await rm(join(out, 'b'));
    await symlink(join(elsewhere, 'target'), join(out, 'b'));
    await refuses(
      [file('own/a'), file('b')],
      'out/own: is a link',
      'own/a is written below it',
      'out/b: is a link',
    );

    await rm(join(out, '.clone-army.json'));
    await writeFile(join(elsewhere, 'manifest'), '{"version":1,"files":{}}');
    await symlink(join(elsewhere, 'manifest'), join(out, '.clone-army.json'));
    await refuses([file('c')], 'out/.clone-army.json: is not a list of written files: it is a link');
    expect(await readdir(elsewhere)).toEqual(['manifest']);
  });

  test('to remove anything through a link', async () => {
    const elsewhere = await temporaryFolder();
    await writeFile(join(elsewhere, 'a'), 'text\n');
    await write([file('own/a'), file('b')]);
    await rm(join(out, 'own'), { recursive: true });
    await symlink(elsewhere, join(out, 'own'));
    expect(await write([file('b')])).toEqual({ ...EMPTY_SUMMARY, unchanged: ['b'] });
    expect(await readdir(elsewhere)).toEqual(['a']);
  });

  test.each([
    { given: 'nonsense', want: 'is not a list of written files' },
    { given: '{"version":2,"files":{}}', want: 'its version is 2' },
    { given: '{"version":1}', want: '"files" is no map' },
    {
      given: '{"version":1,"files":{"../x":{"sha256":"0","mode":"0644"}}}',
      want: 'the path "../x" has ".."',
    },
    { given: '{"version":1,"files":{"x":{"sha256":1}}}', want: '"x" needs a sha256 and a mode' },
  ])('a manifest with $want', async ({ given, want }) => {
    await mkdir(out, { recursive: true });
    await writeFile(join(out, '.clone-army.json'), given);
    await refuses([file('a')], 'out/.clone-army.json', want);
  });

  test('an output folder that is a file', async () => {
    await mkdir(join(out, '..'), { recursive: true });
    await writeFile(out, '');
    await expect(write([file('a')])).rejects.toThrow('out: is no folder; name another with --out');
  });
});
