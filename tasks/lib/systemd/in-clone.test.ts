import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Commands } from '../../testing/commands.ts';
import { inClone } from './in-clone.ts';

let commands: Commands;
beforeEach(() => {
  commands = new Commands();
});
afterEach(() => commands.remove());

test('runs a script in a clone, and returns its output and exit code', async () => {
  commands.replace('systemd-run', 'echo out; echo problem >&2; exit 104');
  expect(await inClone('clone1', 'probe', 'echo $0').output).toEqual({
    code: 104,
    stdout: 'out\n',
    stderr: 'problem\n',
  });
  expect(commands.lastArguments()).toEqual([
    '--machine=clone1',
    '--unit=probe',
    '--quiet',
    '--collect',
    '--wait',
    '--pipe',
    '/bin/sh',
    '-c',
    'echo $0',
  ]);
});

test('keeps only the beginning of a long output', async () => {
  commands.replace('systemd-run', 'head -c 300000 /dev/zero');
  expect((await inClone('clone1', 'probe', '').output).stdout).toHaveLength(65536);
});

test('stops waiting', async () => {
  commands.replace('systemd-run', 'exec sleep 600');
  const { output, leave } = inClone('clone1', 'probe', '');
  leave();
  expect(await output).toMatchObject({ stdout: '' });
});

test('fails if systemd-run is missing', async () => {
  commands.clear();
  await expect(inClone('clone1', 'probe', '').output).rejects.toThrow(/systemd-run cannot be run: .*ENOENT/);
});
