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

  /** Result of du(1). */
  const du = () =>
    Number.parseInt(execFileSync('du', ['-s', '--block-size=1', layer], { encoding: 'utf8' }), 10);

  test('returns the same result as du', () => {
    fs.writeFileSync(path.join(layer, 'var/empty'), '');
    expect(bytesBelow(layer)).toBeGreaterThan(300_000);
    expect(bytesBelow(layer)).toBe(du());
  });

  test('counts allocated blocks of sparse files', () => {
    const before = bytesBelow(layer);
    fs.truncateSync(path.join(layer, 'var/log/one'), 1024 ** 4);
    expect(bytesBelow(layer)).toBeLessThan(before + 1_000_000);
  });

  test('counts a file with two hard links once', () => {
    const before = bytesBelow(layer);
    fs.linkSync(path.join(layer, 'var/log/one'), path.join(layer, 'var/two'));
    expect(bytesBelow(layer)).toBeLessThan(before + 300_000);
    expect(bytesBelow(layer)).toBe(du());
  });

  test('does not follow links to files or folders', () => {
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

  test('ignores files below the maximum depth', () => {
    const deep = path.join(layer, 'd/'.repeat(400));
    fs.mkdirSync(deep, { recursive: true });
    fs.writeFileSync(path.join(deep, 'file'), 'x'.repeat(2_000_000));
    expect(bytesBelow(layer)).toBeGreaterThan(300_000);
    expect(bytesBelow(layer)).toBeLessThan(2_000_000);
  });

  test('returns 0 if the folder does not exist', () => {
    expect(bytesBelow(path.join(folder, 'nowhere'))).toBe(0);
  });
});
