import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readBelow } from './read-below.ts';

describe('readBelow', () => {
  let folder: string;
  let layer: string;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'clone-layer-'));
    layer = path.join(folder, 'layer');
    fs.mkdirSync(path.join(layer, 'var/cache'), { recursive: true });
    fs.mkdirSync(path.join(folder, 'host/cache'), { recursive: true });
    fs.writeFileSync(path.join(folder, 'host/secret'), 'secret');
    fs.writeFileSync(path.join(folder, 'host/cache/secret'), 'secret');
  });

  afterEach(() => fs.rmSync(folder, { recursive: true }));

  test('reads a regular file', () => {
    fs.writeFileSync(path.join(layer, 'var/cache/file'), 'content');
    expect(readBelow(layer, '/var/cache/file')).toBe('content');
  });

  test.each(['/var/cache/file', '/var/nowhere/file', '/var/cache'])('returns undefined for %s', (file) => {
    expect(readBelow(layer, file)).toBeUndefined();
  });

  test('returns undefined if the layer does not exist', () => {
    expect(readBelow(path.join(folder, 'other'), '/file')).toBeUndefined();
  });

  test('does not follow a link in place of the file', () => {
    fs.symlinkSync(path.join(folder, 'host/secret'), path.join(layer, 'var/cache/file'));
    expect(readBelow(layer, '/var/cache/file')).toBeUndefined();
  });

  test.each(['absolute', 'relative'])(
    'does not follow a link (%s) in place of a folder in the path',
    (kind) => {
      const target = kind === 'absolute' ? path.join(folder, 'host') : '../../host';
      fs.symlinkSync(target, path.join(layer, 'var/link'));
      expect(fs.existsSync(path.join(layer, 'var/link/cache/secret'))).toBe(true);
      expect(readBelow(layer, '/var/link/cache/secret')).toBeUndefined();
    },
  );

  test('does not leave the folder through ..', () => {
    expect(readBelow(layer, '/var/../../host/secret')).toBeUndefined();
  });

  test('does not wait for a pipe', () => {
    execFileSync('mkfifo', [path.join(layer, 'var/cache/file')]);
    expect(readBelow(layer, '/var/cache/file')).toBeUndefined();
  });

  test('opens regular files only, because opening a device can have an effect', async () => {
    const pipe = path.join(layer, 'var/cache/file');
    execFileSync('mkfifo', [pipe]);
    // open(2) of a writer returns as soon as anybody opens the pipe for reading.
    const writer = spawn('sh', ['-c', 'echo waiting; exec 3> "$1"; echo opened', 'sh', pipe]);
    const lines: string[] = [];
    writer.stdout.on('data', (chunk) => lines.push(String(chunk).trim()));
    await once(writer.stdout, 'data');
    for (let i = 0; i < 20; i += 1) {
      expect(readBelow(layer, '/var/cache/file')).toBeUndefined();
      await setTimeout(10);
    }
    writer.kill();
    await once(writer, 'close');
    expect(lines).toEqual(['waiting']);
  });

  test('does not read large files', () => {
    fs.writeFileSync(path.join(layer, 'var/cache/file'), Buffer.alloc(1024 * 1024 + 1));
    expect(readBelow(layer, '/var/cache/file')).toBeUndefined();
  });

  test('closes all files', () => {
    const open = () => fs.readdirSync('/proc/self/fd').length;
    const before = open();
    readBelow(layer, '/var/cache/nothing');
    readBelow(layer, '/var/cache');
    expect(open()).toBe(before);
  });
});
