import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { execa } from 'execa';
import fs from 'fs-extra';
import { inOwnCgroup } from './cgroup.ts';
import { Host } from './host.ts';
import { processStart } from './process.ts';
import { processesOf } from './remains.ts';

let home: string;
let host: Host;
let started: ChildProcess[];
let container: string;

beforeEach(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'remains-'));
  container = path.basename(home);
  host = hostAt(home, container);
  await mkdir(host.root);
  started = [];
});

afterEach(async () => {
  for (const { pid } of started) if (pid && (await processStart(pid))) process.kill(-pid, 'SIGKILL');
  await host.shutdown();
  await rm(home, { recursive: true, force: true });
});

function hostAt(home: string, container: string): Host {
  return new Host({ label: 'the host', target: 'host', certname: 'host.example.com', container, home });
}

/** Starts a process that prints a line when it is ready. */
async function start(command: readonly string[]): Promise<number> {
  const [name, ...words] = command as [string, ...string[]];
  const child = spawn(name, words, { detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  started.push(child);
  await once(child.stdout, 'data');
  return child.pid as number;
}

const WAIT = ['sh', '-c', 'echo ready; exec sleep 600'];

/** A process tree in the container's control group, with a part of it in a group inside. */
const inGroup = async (name: string) =>
  start(await inOwnCgroup(name, ['sh', '-c', 'sleep 601 & sh -c "sleep 602 & wait" & echo ready; wait']));

/** A process with a root of its own. */
const inRoot = (root: string) =>
  start(['perl', '-e', '$| = 1; chroot($ARGV[0]) or die $!; print "ready\\n"; sleep 600', root]);

const ends = async (pid: number) => (await processStart(pid)) === undefined;

test('shutdown ends the processes of a host whose systemd-nspawn is gone, and no others', async () => {
  const supervisor = await inGroup(container);
  const inside = await inRoot(host.root);
  const root = path.join(home, 'other');
  await mkdir(root);
  const others = [await inRoot(root), await start(WAIT), await inGroup(`${container}-other`)];
  await writeFile(
    path.join(home, 'state.json'),
    JSON.stringify({ pid: supervisor, started: 'never', port: 1, sysctls: {} }),
  );
  expect(await host.state()).toBeUndefined();
  expect(await host.remains()).toEqual(expect.arrayContaining([supervisor, inside]));

  expect(await host.shutdown()).toEqual({ wasUp: true, sysctls: [] });
  expect(await host.remains()).toEqual([]);
  expect(await ends(supervisor)).toBe(true);
  expect(await ends(inside)).toBe(true);
  for (const pid of others) expect(await ends(pid)).toBe(false);
  expect(await host.shutdown()).toEqual({ wasUp: false, sysctls: [] });

  const other = hostAt(path.join(home, 'none'), `${container}-other`);
  expect((await other.shutdown()).wasUp).toBe(true);
  expect(await processesOf(`${container}-other`, root)).toEqual([others[0]]);
});

test('shutdown removes mounts below the folder of a host, and its control group', async () => {
  const inner = path.join(host.root, 'a b');
  await execa('mount', ['-t', 'tmpfs', 'tmpfs', host.root]);
  await mkdir(inner);
  await execa('mount', ['-t', 'tmpfs', 'tmpfs', inner]);
  await inGroup(container);

  await host.shutdown();
  expect(await fs.readFile('/proc/self/mountinfo', 'utf8')).not.toContain(home);
  const mounts = await fs.readFile('/proc/self/mounts', 'utf8');
  const groups = /^\S+ (\S+) cgroup2 /m.exec(mounts)?.[1] as string;
  expect(await fs.pathExists(path.join(groups, container))).toBe(false);
});

test('processes of a host that is up are not remains', async () => {
  const supervisor = await inGroup(container);
  await writeFile(
    path.join(home, 'state.json'),
    JSON.stringify({ pid: supervisor, started: await processStart(supervisor), port: 1, sysctls: {} }),
  );
  expect(await host.remains()).toEqual([]);
  expect(await host.removeRemains()).toBe(0);
  expect(await ends(supervisor)).toBe(false);
});

test('a crash ends all processes of a host that is up', async () => {
  const supervisor = await start(WAIT);
  const inside = await inGroup(container);
  await writeFile(
    path.join(home, 'state.json'),
    JSON.stringify({ pid: supervisor, started: await processStart(supervisor), port: 1, sysctls: {} }),
  );
  await host.crash();
  expect(await ends(supervisor)).toBe(true);
  expect(await ends(inside)).toBe(true);
  expect(await host.remains()).toEqual([]);
});
