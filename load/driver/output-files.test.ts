import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { LineFile, replaceFile } from './output-files.ts';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'load-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

test('a line is in the file as soon as it is appended, after those that were there', () => {
  const file = path.join(folder, 'records.ndjson');
  fs.writeFileSync(file, '{"n":0}\n');
  const lines = new LineFile(file);
  for (const n of [1, 2]) {
    lines.append({ n });
    expect(fs.readFileSync(file, 'utf8').endsWith(`{"n":${n}}\n`)).toBe(true);
  }
  lines.close();
  expect(fs.readFileSync(file, 'utf8').split('\n')).toHaveLength(4);
});

test('fails if the disk is full', () => {
  expect(() => new LineFile('/dev/full').append({ n: 1 })).toThrow(/ENOSPC/);
});

test('replaces a file as a whole', () => {
  const file = path.join(folder, 'progress.json');
  for (const text of ['long text', 'short']) {
    replaceFile(file, text);
    expect(fs.readFileSync(file, 'utf8')).toBe(text);
  }
  expect(fs.readdirSync(folder)).toEqual(['progress.json']);
  expect(fs.statSync(file).mode & 0o777).toBe(0o600);
});
