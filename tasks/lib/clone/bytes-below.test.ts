import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { bytesBelow } from './bytes-below.ts';

describe('bytesBelow', () => {
  let folder: string;
  let layer: string;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'clone-layer-'));
    layer = path.join(folder, 'layer');
    fs.mkdirSync(path.join(layer, 'var/log'), { recursive: true });
    fs.writeFileSync(path.join(layer, 'var/log/one'), 'x'.repeat(300_000));
    fs.writeFileSync(path.join(folder, 'host'), 'x'.repeat(2_000_000));
  });

  afterEach(() => fs.rmSync(folder, { recursive: true }));

  /** What du(1) says of it. */
  const du = () =>
    Number.parseInt(execFileSync('du', ['-s', '--block-size=1', layer], { encoding: 'utf8' }), 10);

  test('is what du says', () => {
    fs.writeFileSync(path.join(layer, 'var/empty'), '');
    expect(bytesBelow(layer)).toBeGreaterThan(300_000);
    expect(bytesBelow(layer)).toBe(du());
  });

  test('counts what is allocated, and not how long a file says it is', () => {
    const before = bytesBelow(layer);
    fs.truncateSync(path.join(layer, 'var/log/one'), 1024 ** 4);
    expect(bytesBelow(layer)).toBeLessThan(before + 1_000_000);
  });

  test('counts a file with two names once', () => {
    const before = bytesBelow(layer);
    fs.linkSync(path.join(layer, 'var/log/one'), path.join(layer, 'var/two'));
    expect(bytesBelow(layer)).toBeLessThan(before + 300_000);
    expect(bytesBelow(layer)).toBe(du());
  });

  test('follows no link, to a file or a folder', () => {
    fs.symlinkSync(path.join(folder, 'host'), path.join(layer, 'var/file'));
    fs.symlinkSync(folder, path.join(layer, 'var/folder'));
    expect(bytesBelow(layer)).toBe(du());
    fs.symlinkSync(layer, path.join(folder, 'link'));
    expect(bytesBelow(path.join(folder, 'link'))).toBe(0);
  });

  test('does not wait for a pipe', () => {
    execFileSync('mkfifo', [path.join(layer, 'pipe')]);
    expect(bytesBelow(layer)).toBe(du());
  });

  test('gives up on a tree that is deeper than any that is meant', () => {
    const deep = path.join(layer, 'd/'.repeat(400));
    fs.mkdirSync(deep, { recursive: true });
    fs.writeFileSync(path.join(deep, 'file'), 'x'.repeat(2_000_000));
    expect(bytesBelow(layer)).toBeGreaterThan(300_000);
    expect(bytesBelow(layer)).toBeLessThan(2_000_000);
  });

  test('is nothing where there is no folder', () => {
    expect(bytesBelow(path.join(folder, 'nowhere'))).toBe(0);
  });
});
