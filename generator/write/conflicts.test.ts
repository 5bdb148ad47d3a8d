import { mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { EmittedFile } from '../emit/file.ts';
import { EMPTY_SUMMARY, file, out, snapshot, write } from '../fixtures/output-folder.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';

describe('writeFiles refuses', () => {
  /** Expects these errors, and that no file is written, not even one without a conflict. */
  async function refuses(files: EmittedFile[], ...want: string[]): Promise<void> {
    const before = await snapshot();
    const error = await write(files).catch((reason) => reason);
    expect(error).toMatchObject({ name: 'ProblemsError' });
    for (const text of want) expect(error.message).toContain(text);
    expect(await snapshot()).toEqual(before);
  }

  test('to overwrite a file that it did not write', async () => {
    await mkdir(out, { recursive: true });
    await writeFile(join(out, 'README.md'), 'mine');
    await refuses(
      [file('a'), file('README.md')],
      'out/README.md: was not written by this generator; move it away',
    );
  });

  test('to overwrite a file that it did not write, even with the same content', async () => {
    await mkdir(out, { recursive: true });
    await writeFile(join(out, 'a'), 'text\n');
    await refuses([file('a')], 'out/a: was not written by this generator');
  });

  test('to overwrite or remove edited files, and names each', async () => {
    await write([file('a'), file('b')]);
    await writeFile(join(out, 'a'), 'edited');
    await writeFile(join(out, 'b'), 'edited');
    await refuses(
      [file('a', 'new\n'), file('c')],
      'out/a: was edited after it was generated; move the change to its template, or delete the file',
      'out/b: was edited after it was generated; the module no longer has this file: delete it or move it away',
    );
  });

  test('an edited file only until the template produces the same content', async () => {
    await write([file('a')]);
    await writeFile(join(out, 'a'), 'edited');
    expect(await write([file('a', 'edited')])).toEqual({ ...EMPTY_SUMMARY, unchanged: ['a'] });
    expect(await write([file('a', 'new')])).toEqual({ ...EMPTY_SUMMARY, changed: ['a'] });
  });

  test('to replace a folder of somebody else, or a file of theirs by a folder', async () => {
    await mkdir(join(out, 'a'), { recursive: true });
    await writeFile(join(out, 'a', 'mine'), '');
    await writeFile(join(out, 'b'), '');
    await refuses(
      [file('a'), file('b/c')],
      'out/a: is a folder',
      'out/b: was not written by this generator',
      'the module needs this path for b/c',
    );
  });

  test.each(['../a', 'a/../../b', '/etc/a', 'C:/a', 'a\\b', 'a//b', './a', '', 'a/', 'a\0'])(
    'the path %j',
    async (path) => {
      await refuses([file('fine'), file(path)], 'cannot be written: the path');
    },
  );

  test.each(['.clone-army.json', 'a/.x.clone-army-tmp'])('the reserved path %j', async (path) => {
    await refuses([file(path)], 'is reserved for the generator');
  });

  test("symbolic links in a file's path and at the manifest's path", async () => {
    const elsewhere = await temporaryFolder();
    await write([file('own/a'), file('b')]);
    await rm(join(out, 'own'), { recursive: true });
    await symlink(elsewhere, join(out, 'own'));
    await rm(join(out, 'b'));
    await symlink(join(elsewhere, 'target'), join(out, 'b'));
    await refuses(
      [file('own/a'), file('b')],
      'out/own: is a symbolic link',
      'the module needs this path for own/a',
      'out/b: is a symbolic link',
    );

    await rm(join(out, '.clone-army.json'));
    await writeFile(join(elsewhere, 'manifest'), '{"version":1,"files":{}}');
    await symlink(join(elsewhere, 'manifest'), join(out, '.clone-army.json'));
    await refuses([file('c')], 'out/.clone-army.json: is not a valid manifest: it is a symbolic link');
    expect(await readdir(elsewhere)).toEqual(['manifest']);
  });

  test('to remove a file through a symbolic link', async () => {
    const elsewhere = await temporaryFolder();
    await writeFile(join(elsewhere, 'a'), 'text\n');
    await write([file('own/a'), file('b')]);
    await rm(join(out, 'own'), { recursive: true });
    await symlink(elsewhere, join(out, 'own'));
    expect(await write([file('b')])).toEqual({ ...EMPTY_SUMMARY, unchanged: ['b'] });
    expect(await readdir(elsewhere)).toEqual(['a']);
  });

  test.each([
    { given: 'nonsense', want: 'is not a valid manifest' },
    { given: '{"version":2,"files":{}}', want: 'its version is 2' },
    { given: '{"version":1}', want: '"files" is not an object' },
    {
      given: '{"version":1,"files":{"../x":{"sha256":"0","mode":"0644"}}}',
      want: 'the path "../x" contains ".."',
    },
    { given: '{"version":1,"files":{"x":{"sha256":1}}}', want: '"x" needs a sha256 and a mode' },
  ])('an invalid manifest: $want', async ({ given, want }) => {
    await mkdir(out, { recursive: true });
    await writeFile(join(out, '.clone-army.json'), given);
    await refuses([file('a')], 'out/.clone-army.json', want);
  });

  test('an output folder that is a file', async () => {
    await mkdir(join(out, '..'), { recursive: true });
    await writeFile(out, '');
    await expect(write([file('a')])).rejects.toThrow('out: is not a folder; choose another with --out');
  });
});
