import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Commands } from '../../testing/commands.ts';
import { buildBase } from './build-base.ts';

let commands: Commands;
beforeEach(() => {
  commands = new Commands();
});
afterEach(() => commands.remove());

const build = (script: string, seconds = 600) => {
  commands.replace('build-base', script);
  return buildBase(commands.file('build-base'), 'debian-13', seconds);
};

test('runs the script, and returns its exit code and output', async () => {
  expect(await build('echo built; echo problem >&2; exit 3')).toEqual({
    code: 3,
    stdout: 'built\n',
    stderr: 'problem\n',
  });
  expect(commands.lastArguments()).toEqual(['debian-13']);
});

test('keeps only the end of a long output', async () => {
  const output = await build('seq 100000; echo last');
  expect(output?.stdout).toHaveLength(16384);
  expect(output?.stdout).toMatch(/\nlast\n$/);
});

test('terminates the script with its commands at the timeout', async () => {
  expect(await build('sleep 600; echo done', 0.1)).toBeNull();
});

test('fails if there is no script', async () => {
  await expect(buildBase('/nowhere/build-base', 'x', 600)).rejects.toThrow(
    /nowhere\/build-base cannot be run/,
  );
});
