import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { hold } from './hold.ts';

const UNITS = ['var-lib-machines-clone1.mount', 'var-lib-machines-clone2.mount'];

describe('hold', () => {
  let folder: string;
  const { PATH } = process.env;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hold-'));
    process.env.PATH = `${folder}:${PATH}`;
  });
  afterEach(() => {
    process.env.PATH = PATH;
    fs.rmSync(folder, { recursive: true });
  });

  const file = (name: string) => path.join(folder, name);

  /** A stand-in for systemd-run, in whose scope commands run. */
  function standIn(granting: string): void {
    const lines = ['#!/bin/sh', `printf '%s\\n' "$@" > ${file('asked')}`, granting];
    fs.writeFileSync(file('systemd-run'), lines.join('\n'), { mode: 0o755 });
  }

  test('lasts from before it answers until it is released', async () => {
    standIn(`touch ${file('held')}; while [ "$1" != cat ]; do shift; done; "$@"; rm ${file('held')}`);
    const release = await hold('stop-1', UNITS);
    expect(fs.existsSync(file('held'))).toBe(true);
    await release();
    expect(fs.existsSync(file('held'))).toBe(false);
    expect(fs.readFileSync(file('asked'), 'utf8').trim().split('\n')).toEqual([
      '--scope',
      '--quiet',
      '--collect',
      '--unit=stop-1',
      ...UNITS.map((unit) => `--property=Requisite=${unit}`),
      'cat',
    ]);
  });

  test('asks for nothing where there is nothing to hold', async () => {
    standIn('exec cat');
    await (await hold('stop-1', []))();
    expect(fs.existsSync(file('asked'))).toBe(false);
  });

  test('goes without where systemd refuses, or there is no systemd-run', async () => {
    standIn('exit 1');
    await (await hold('stop-1', UNITS))();
    process.env.PATH = '/nowhere';
    await (await hold('stop-1', UNITS))();
  });
});
