import * as fs from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Commands } from '../../testing/commands.ts';
import { keepActive } from './keep-active.ts';

const UNITS = ['var-lib-machines-clone1.mount', 'var-lib-machines-clone2.mount'];

describe('keepActive', () => {
  let commands: Commands;
  beforeEach(() => {
    commands = new Commands();
  });
  afterEach(() => commands.remove());

  test('keeps units active from its return until their release', async () => {
    const held = commands.file('held');
    const script = `touch ${held}; while [ "$1" != cat ]; do shift; done; "$@"; rm ${held}`;
    commands.replace('systemd-run', script);
    const release = await keepActive('stop-1', UNITS);
    expect(fs.existsSync(held)).toBe(true);
    await release();
    expect(fs.existsSync(held)).toBe(false);
    expect(commands.lastArguments()).toEqual([
      '--scope',
      '--quiet',
      '--collect',
      '--unit=stop-1',
      ...UNITS.map((unit) => `--property=Requisite=${unit}`),
      'cat',
    ]);
  });

  test('does nothing without units', async () => {
    commands.replace('systemd-run', 'exec cat');
    await (await keepActive('stop-1', []))();
    expect(commands.lastArguments()).toBeNull();
  });

  test('ignores that systemd refuses, or that systemd-run is missing', async () => {
    commands.replace('systemd-run', 'exit 1');
    await (await keepActive('stop-1', UNITS))();
    commands.clear();
    await (await keepActive('stop-1', UNITS))();
  });
});
