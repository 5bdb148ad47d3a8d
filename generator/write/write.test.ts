import { chmod, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { EMPTY_SUMMARY, file, out, snapshot, write } from '../fixtures/output-folder.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { writeFiles } from './write.ts';

describe('writeFiles', () => {
  test('writes files with their modes, independent of the umask', async () => {
    const umask = process.umask(0o077);
    try {
      const summary = await write([file('a'), file('b/c/run', '#!/bin/sh\n', 0o755)]);
      expect(summary).toEqual({ ...EMPTY_SUMMARY, created: ['a', 'b/c/run'] });
    } finally {
      process.umask(umask);
    }
    expect((await stat(join(out, 'a'))).mode & 0o777).toBe(0o644);
    expect((await stat(join(out, 'b/c/run'))).mode & 0o777).toBe(0o755);
    expect(await readFile(join(out, 'b/c/run'), 'utf8')).toBe('#!/bin/sh\n');
  });

  test('does not touch unchanged files', async () => {
    await write([file('a'), file('b/c')]);
    const before = await snapshot();
    expect(await write([file('b/c'), file('a')])).toEqual({ ...EMPTY_SUMMARY, unchanged: ['a', 'b/c'] });
    expect(await snapshot()).toEqual(before);
  });

  test('changes contents and modes, and removes obsolete files and empty folders', async () => {
    await write([file('a'), file('b'), file('c/d/e'), file('c/f'), file('g/h')]);
    await writeFile(join(out, 'g', 'mine'), '');
    const summary = await write([file('a', 'new\n'), file('b', 'text\n', 0o755), file('c/f')]);
    expect(summary).toEqual({
      created: [],
      changed: ['a', 'b'],
      removed: ['c/d/e', 'g/h'],
      unchanged: ['c/f'],
    });
    expect(Object.keys(await snapshot()).sort()).toEqual(['.clone-army.json', 'a', 'b', 'c/f', 'g/mine']);
    expect((await readdir(out)).sort()).toEqual(['.clone-army.json', 'a', 'b', 'c', 'g']);
    expect(await readdir(join(out, 'c'))).toEqual(['f']);
  });

  test('replaces a file by a folder, and a folder by a file', async () => {
    await write([file('a'), file('b/c'), file('b/d/e')]);
    expect(await write([file('a/x'), file('b')])).toEqual({
      ...EMPTY_SUMMARY,
      created: ['a/x', 'b'],
      removed: ['a', 'b/c', 'b/d/e'],
    });
    expect(Object.keys(await snapshot()).sort()).toEqual(['.clone-army.json', 'a/x', 'b']);
  });

  test('restores a changed mode and a missing file', async () => {
    await write([file('a'), file('b')]);
    await chmod(join(out, 'a'), 0o600);
    await rm(join(out, 'b'));
    expect(await write([file('a'), file('b')])).toEqual({ ...EMPTY_SUMMARY, changed: ['a'], created: ['b'] });
  });

  test('does not touch what others put at the path of an obsolete file', async () => {
    await write([file('a'), file('b')]);
    await rm(join(out, 'a'));
    await mkdir(join(out, 'a'));
    await writeFile(join(out, 'a', 'mine'), 'mine');
    expect(await write([file('b')])).toEqual({ ...EMPTY_SUMMARY, unchanged: ['b'] });
    expect(await readFile(join(out, 'a', 'mine'), 'utf8')).toBe('mine');
  });

  test('writes the same manifest for the same files', async () => {
    await write([file('b'), file('a', 'x', 0o755)]);
    const manifest = await readFile(join(out, '.clone-army.json'), 'utf8');
    expect(JSON.parse(manifest)).toEqual({
      version: 1,
      files: {
        a: { sha256: expect.stringMatching(/^2d711642b726b044/), mode: '0755' },
        b: { sha256: expect.stringMatching(/^b9e68e1bea3e5b19/), mode: '0644' },
      },
    });
    await write([file('a', 'y'), file('c')]);
    await write([file('a', 'x', 0o755), file('b')]);
    expect(await readFile(join(out, '.clone-army.json'), 'utf8')).toBe(manifest);
  });

  test('only reports changes in a dry run', async () => {
    expect(await write([file('a')], true)).toEqual({ ...EMPTY_SUMMARY, created: ['a'] });
    expect(await snapshot()).toEqual({});
    await write([file('a'), file('b')]);
    const before = await snapshot();
    expect(await write([file('a', 'new\n')], true)).toEqual({
      ...EMPTY_SUMMARY,
      changed: ['a'],
      removed: ['b'],
    });
    expect(await snapshot()).toEqual(before);
  });

  test('follows a symbolic link at the path of the output folder', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(out, '..'), { recursive: true });
    await symlink(folder, out);
    await write([file('a')]);
    expect(await readFile(join(folder, 'a'), 'utf8')).toBe('text\n');
  });
});

describe('writeFiles, after a run that was killed', () => {
  test('recognizes old and new files as its own', async () => {
    await write([file('a', 'old\n'), file('b', 'old\n'), file('c'), file('d')]);
    // Killed after "a" was written and "c" was removed: "b" is old, "e" is missing, and a temporary file is left.
    const { files } = JSON.parse(await readFile(join(out, '.clone-army.json'), 'utf8'));
    const other = join(await temporaryFolder(), 'other');
    await writeFiles({ out: other, displayPath: 'other' }, [
      file('a', 'new\n'),
      file('b', 'new\n'),
      file('e'),
    ]);
    const { files: pending } = JSON.parse(await readFile(join(other, '.clone-army.json'), 'utf8'));
    await writeFile(join(out, '.clone-army.json'), JSON.stringify({ version: 1, files, pending }));
    await writeFile(join(out, 'a'), 'new\n');
    await writeFile(join(out, '.b.clone-army-tmp'), 'ne');
    await rm(join(out, 'c'));

    const summary = await write([file('a', 'newer\n'), file('b', 'new\n'), file('e')]);
    expect(summary).toEqual({ created: ['e'], changed: ['a', 'b'], removed: ['d'], unchanged: [] });
    expect(Object.keys(await snapshot()).sort()).toEqual(['.clone-army.json', 'a', 'b', 'e']);
    expect(JSON.parse(await readFile(join(out, '.clone-army.json'), 'utf8'))).not.toHaveProperty('pending');
  });

  test('can be repeated after a failed write', async () => {
    await write([file('a', 'old\n')]);
    // A folder at the temporary file's path makes the second write fail.
    await mkdir(join(out, '.b.clone-army-tmp'), { recursive: true });
    await expect(write([file('a', 'new\n'), file('b')])).rejects.toThrow();
    await rm(join(out, '.b.clone-army-tmp'), { recursive: true });
    expect(await write([file('a', 'new\n'), file('b')])).toEqual({
      ...EMPTY_SUMMARY,
      unchanged: ['a'],
      created: ['b'],
    });
  });
});
