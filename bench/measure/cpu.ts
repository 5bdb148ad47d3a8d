import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import fs from 'fs-extra';
import { waitUntil } from '../../lab/wait.ts';
import { serverPid } from './processes.ts';

/** The machine counts as idle if programs use less than this share of all processors during a window. */
const IDLE_SHARE = 0.1;
const IDLE_WINDOW_MS = 8000;
const IDLE_TIMEOUT_MS = 900_000;

/** Clock ticks per second in /proc. */
const TICKS = 100;

/** CPU time of the Puppet server, in seconds. */
export async function serverCpu(): Promise<number> {
  const stat = await fs.readFile(`/proc/${await serverPid()}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

/**
 * CPU time that programs have used on all processors, in seconds.
 *
 * Kernel time is excluded: with 2,000 clones, the kernel's monitoring of memory access (DAMON) alone keeps most of a
 * processor busy.
 */
const programCpu = () => cpuSeconds('user', 'nice');

/** CPU time that has been used on all processors, by programs and the kernel, in seconds. */
export const hostCpu = () => cpuSeconds('user', 'nice', 'sys', 'irq');

function cpuSeconds(...kinds: (keyof os.CpuInfo['times'])[]): number {
  const milliseconds = os.cpus().flatMap(({ times }) => kinds.map((kind) => times[kind]));
  return milliseconds.reduce((sum, ms) => sum + ms, 0) / 1000;
}

/** Waits until the machine is idle. */
export async function waitForIdle(): Promise<void> {
  const idle = async () => {
    const [before, began] = [programCpu(), performance.now()];
    await sleep(IDLE_WINDOW_MS);
    const seconds = (performance.now() - began) / 1000;
    return (programCpu() - before) / seconds < IDLE_SHARE * os.cpus().length;
  };
  await waitUntil(idle, {
    timeoutMs: IDLE_TIMEOUT_MS,
    intervalMs: 0,
    timeoutError: () => new Error(`the machine was not idle within ${IDLE_TIMEOUT_MS / 1000} s`),
  });
}
