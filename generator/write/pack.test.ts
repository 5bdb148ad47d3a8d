import { randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { extract, type Header } from 'tar-stream';
import type { EmittedFile } from '../emit/file.ts';
import { packModule } from './pack.ts';

const FILES: EmittedFile[] = [
  { path: 'tasks/run.js', content: '#!\n', mode: 0o755 },
  { path: 'README.md', content: 'read', mode: 0o644 },
  { path: 'spec/x_spec.rb', content: 'no', mode: 0o644 },
  { path: '.fixtures.yml', content: 'no', mode: 0o644 },
  { path: 'data/os/Debian/12.yaml', content: '---\n', mode: 0o644 },
  { path: 'database/x', content: 'no', mode: 0o644 },
];

async function entriesOf(tarball: Buffer): Promise<Header[]> {
  const entries: Header[] = [];
  const reader = extract();
  reader.end(gunzipSync(tarball));
  for await (const entry of reader) {
    entries.push(entry.header);
    entry.resume();
  }
  return entries;
}

describe('packModule', () => {
  test('contains the files of a published module in one folder, owned by root', async () => {
    const entries = await entriesOf(await packModule('me-mod-1.0.0', FILES));
    expect(entries.map(({ name, mode, type }) => `${type} ${mode?.toString(8)} ${name}`)).toEqual([
      'directory 755 me-mod-1.0.0/',
      'file 644 me-mod-1.0.0/README.md',
      'directory 755 me-mod-1.0.0/data/',
      'directory 755 me-mod-1.0.0/data/os/',
      'directory 755 me-mod-1.0.0/data/os/Debian/',
      'file 644 me-mod-1.0.0/data/os/Debian/12.yaml',
      'directory 755 me-mod-1.0.0/tasks/',
      'file 755 me-mod-1.0.0/tasks/run.js',
    ]);
    for (const { uid, gid } of entries) expect([uid, gid]).toEqual([0, 0]);
  });

  test('has the same bytes whatever the order of the files', async () => {
    const tarball = await packModule('me-mod-1.0.0', FILES);
    expect(await packModule('me-mod-1.0.0', [...FILES].reverse())).toEqual(tarball);
    // gzip's header contains no time.
    expect(tarball.subarray(4, 8)).toEqual(Buffer.alloc(4));
  });

  test('rejects paths that are not ASCII', async () => {
    const files = [...FILES, { path: 'files/é', content: '', mode: 0o644 as const }];
    await expect(packModule('x', files)).rejects.toThrow(
      'files/é: has characters in its path that are not ASCII',
    );
  });

  test('rejects a tarball that is too large for the Forge', async () => {
    const files = [{ path: 'files/big', content: randomBytes(11 * 1024 * 1024), mode: 0o644 as const }];
    await expect(packModule('x', files)).rejects.toThrow(
      /^x\.tar\.gz: has \d+ bytes; the Forge accepts at most 10485760/,
    );
  });
});
