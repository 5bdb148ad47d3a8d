import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { readTree } from './tree.ts';

describe('readTree', () => {
  test('reads files sorted by path, with their modes and whether they are templates', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'a'));
    await writeFile(join(folder, 'b.md.ejs'), 'text');
    await writeFile(join(folder, 'a', 'run'), Buffer.from([0, 255]));
    await chmod(join(folder, 'a', 'run'), 0o755);
    await writeFile(join(folder, '.hidden'), '');

    expect(await readTree({ folder, path: 'x', origin: 'y' })).toEqual([
      {
        path: 'x/.hidden',
        origin: 'y/.hidden',
        content: Buffer.alloc(0),
        executable: false,
        template: false,
      },
      {
        path: 'x/a/run',
        origin: 'y/a/run',
        content: Buffer.from([0, 255]),
        executable: true,
        template: false,
      },
      {
        path: 'x/b.md',
        origin: 'y/b.md.ejs',
        content: Buffer.from('text'),
        executable: false,
        template: true,
      },
    ]);
  });

  test('returns nothing for a missing folder', async () => {
    expect(await readTree({ folder: join(await temporaryFolder(), 'none'), path: '', origin: '' })).toEqual(
      [],
    );
  });

  test('rejects symbolic links', async () => {
    const folder = await temporaryFolder();
    await symlink('/etc', join(folder, 'link'));
    await expect(readTree({ folder, path: '', origin: 'y' })).rejects.toThrow(
      'y/link: is not a regular file',
    );
  });
});
