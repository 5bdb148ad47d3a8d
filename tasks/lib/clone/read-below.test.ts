import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
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

  test('reads a plain file', () => {
    fs.writeFileSync(path.join(layer, 'var/cache/file'), 'content');
    expect(readBelow(layer, '/var/cache/file')).toBe('content');
  });

  test.each(['/var/cache/file', '/var/nowhere/file', '/var/cache'])('finds nothing at %s', (file) => {
    expect(readBelow(layer, file)).toBeUndefined();
  });

  test('finds nothing in a layer that is not there', () => {
    expect(readBelow(path.join(folder, 'other'), '/file')).toBeUndefined();
  });

  test('follows no link in position of the file', () => {
    fs.symlinkSync(path.join(folder, 'host/secret'), path.join(layer, 'var/cache/file'));
    expect(readBelow(layer, '/var/cache/file')).toBeUndefined();
  });

  test.each(['absolute', 'relative'])('follows no %s link in position of a folder on the way', (kind) => {
    const target = kind === 'absolute' ? path.join(folder, 'host') : '../../host';
    fs.symlinkSync(target, path.join(layer, 'var/link'));
    expect(fs.existsSync(path.join(layer, 'var/link/cache/secret'))).toBe(true);
    expect(readBelow(layer, '/var/link/cache/secret')).toBeUndefined();
  });

  test('does not climb out of the folder', () => {
    expect(readBelow(layer, '/var/../../host/secret')).toBeUndefined();
  });

  test('does not wait for a pipe', () => {
    execFileSync('mkfifo', [path.join(layer, 'var/cache/file')]);
    expect(readBelow(layer, '/var/cache/file')).toBeUndefined();
  });

  test('reads nothing that is too large', () => {
    fs.writeFileSync(path.join(layer, 'var/cache/file'), Buffer.alloc(1024 * 1024 + 1));
    expect(readBelow(layer, '/var/cache/file')).toBeUndefined();
  });

  test('leaves no file open', () => {
    const open = () => fs.readdirSync('/proc/self/fd').length;
    const before = open();
    readBelow(layer, '/var/cache/nothing');
    readBelow(layer, '/var/cache');
    expect(open()).toBe(before);
  });
});
