import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { agentFileOf, baseRecordOf } from '../../../model/names.ts';
import { FakeHost, NAMES } from '../../testing/host.ts';
import { olderImageReader } from './image.ts';

describe('olderImageReader', () => {
  const clone = { name: 'clone1', base: 'debian-13' };
  let host: FakeHost;
  let inode: number;

  beforeEach(() => {
    host = new FakeHost({});
    host.writeAgent('debian-13');
    inode = fs.statSync(path.join(host.root, agentFileOf(NAMES, 'debian-13'))).ino;
  });
  afterEach(() => host.remove());

  const record = (text: string) => host.write(baseRecordOf(NAMES, 'clone1'), text);

  test('compares the image that the clone was started on with the current one', () => {
    record(`debian-13 Debian 13 ${inode}\n`);
    expect(olderImageReader(host)(clone)).toBe(false);
    record(`debian-13 Debian 13 ${inode + 1}\n`);
    expect(olderImageReader(host)(clone)).toBe(true);
  });

  test.each([
    ['the record is of another base image', 'debian-12 Debian 12 4711\n'],
    ['the record is damaged', 'debian-13'],
    ['the record is empty', ''],
  ])('does not know if %s', (_, text) => {
    record(text);
    expect(olderImageReader(host)(clone)).toBeNull();
  });

  test('does not know without a record, or without an image', () => {
    expect(olderImageReader(host)(clone)).toBeNull();
    record(`debian-13 Debian 13 ${inode}\n`);
    fs.rmSync(path.join(host.root, agentFileOf(NAMES, 'debian-13')));
    expect(olderImageReader(host)(clone)).toBeNull();
  });
});
