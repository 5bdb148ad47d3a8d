import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Commands } from '../../tasks/testing/commands.ts';
import { type Connection, connectBySystemd } from './connection.ts';

let commands: Commands;
let connection: Connection;
let lines: string[];
let ends: string[];

beforeEach(() => {
  commands = new Commands();
  [lines, ends] = [[], []];
});
afterEach(() => {
  connection.destroy();
  commands.remove();
});

/** systemd-run starts the script as a process of its own, which has its streams, and waits. */
const DETACHED = 'for last; do :; done; exec 4<&0; setsid /bin/sh -c "$last" <&4 4<&- & wait';

function connect(script: string): void {
  connection = connectBySystemd('probe', 60)('clone1', script, {
    onLine: (line) => lines.push(line),
    onClose: (why) => ends.push(why),
  });
}

async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 200 && !condition(); i++) await sleep(25);
  expect(condition()).toBe(true);
}

test('starts a script in the clone, which reads and prints lines after systemd-run is gone', async () => {
  commands.replace('systemd-run', DETACHED);
  connect('echo ready; while read -r line; do echo "<$line>"; done; echo bye');
  await until(() => lines.length === 1);
  expect(commands.lastArguments()?.slice(0, -3)).toEqual([
    '--machine=clone1',
    '--unit=probe',
    '--quiet',
    '--collect',
    '--wait',
    '--pipe',
    '--property=RuntimeMaxSec=60',
    '--property=TimeoutStopSec=20',
    '--property=OOMScoreAdjust=500',
  ]);
  await sleep(200);
  connection.send('one');
  connection.send('two');
  await until(() => lines.length === 3);
  expect(ends).toEqual([]);
  connection.end();
  await until(() => ends.length === 1);
  expect(lines).toEqual(['ready', '<one>', '<two>', 'bye']);
  expect(ends).toEqual(['its clone or its session ended']);
});

test('tells why a script does not start', async () => {
  commands.replace('systemd-run', 'echo "Failed to connect to bus: Host is down" >&2; exit 1');
  connect('');
  await until(() => ends.length === 1);
  expect(ends).toEqual(['Failed to connect to bus: Host is down']);
});

test('tells that systemd-run is missing', async () => {
  commands.clear();
  connect('');
  await until(() => ends.length === 1);
  expect(ends[0]).toContain('systemd-run');
});

test('stops listening to a script', async () => {
  commands.replace('systemd-run', DETACHED);
  connect('echo ready; exec cat');
  await until(() => lines.length === 1);
  connection.destroy();
  expect(ends).toHaveLength(1);
  await sleep(100);
  expect(ends).toHaveLength(1);
});

test('ends a session whose clone prints a line without end', async () => {
  commands.replace('systemd-run', DETACHED);
  connect('head -c 100000 /dev/zero; exec sleep 1');
  await until(() => ends.length === 1);
  expect(ends).toEqual(['its session printed a line without end']);
  expect(lines).toEqual([]);
});
