import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from '@jest/globals';
import { signal } from './process.ts';

test('a signal to a process that has ended is no error', async () => {
  const child = spawn('sleep', ['600'], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  signal(child.pid as number, 'SIGTERM');
  expect(await ended).toEqual([null, 'SIGTERM']);
  signal(child.pid as number, 'SIGTERM');
});
