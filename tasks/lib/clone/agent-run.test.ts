import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Commands } from '../../testing/commands.ts';
import { AGENT_RUN, agentRunOf } from './agent-run.ts';

let commands: Commands;
beforeEach(() => {
  commands = new Commands();
});
afterEach(() => commands.remove());

/** Runs the script with a puppet command that is a shell script. */
function runWith(puppet: string) {
  commands.replace('puppet', puppet);
  const script = AGENT_RUN.replace(/^PATH=.*$/m, '');
  const { status, stdout, stderr } = spawnSync('sh', ['-c', script], {
    encoding: 'utf8',
    env: { ...process.env },
  });
  return { code: status ?? -1, stdout, stderr };
}

test('the script runs the agent once, without waiting for a certificate', () => {
  expect(agentRunOf(runWith('exit 2'))).toEqual({ outcome: 'changed' });
  expect(commands.lastArguments()).toEqual(
    expect.arrayContaining(['agent', '--onetime', '--waitforcert=0', '--detailed-exitcodes']),
  );
});

test.each([
  [0, { outcome: 'unchanged' }],
  [4, { outcome: 'failed', message: 'first' }],
  [6, { outcome: 'failed', message: 'first' }],
  [137, { outcome: 'failed', message: 'first' }],
])('the script passes on exit code %i, and the first error', (code, run) => {
  const result = runWith(`echo Info: x; echo Error: first >&2; echo Error: second; echo end; exit ${code}`);
  expect(agentRunOf(result)).toEqual(run);
  expect(result.stderr).toBe('');
});

test('the script prints the last line if there is no error', () => {
  expect(agentRunOf(runWith('echo Info: x; echo no certificate; exit 1'))).toEqual({
    outcome: 'failed',
    message: 'no certificate',
  });
});
