import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import fs from 'fs-extra';

const MEBIBYTE_IN_KIBIBYTES = 1024;

/** Share of the processors' time below which programs are taken to idle, over this many ms, waited for this long. */
const IDLE_SHARE = 0.1;
const IDLE_MS = 8000;
const PATIENCE_MS = 900_000;

/** Clock ticks in a second, as /proc counts them. */
const TICKS = 100;

/** A process of this machine's, which is the kernel of the lab's host, too. */
interface Process {
  readonly pid: number;
  readonly cgroup: string;
}

async function processes(): Promise<Process[]> {
  const found: Process[] = [];
  for (const name of await fs.readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    // It may have ended by now.
    const cgroup = await fs.readFile(`/proc/${name}/cgroup`, 'utf8').catch(() => '');
    found.push({ pid: Number(name), cgroup });
  }
  return found;
}

async function kibibytesIn(file: string, key: string): Promise<number> {
  const text = await fs.readFile(file, 'utf8').catch(() => '');
  return Number(new RegExp(`^${key}: +(\\d+) kB$`, 'm').exec(text)?.[1] ?? 0);
}

/** Memory in MiB of all processes of units whose names begin so, each page divided among those that map it. */
export async function pssOf(unitPrefix: string): Promise<number> {
  let kibibytes = 0;
  for (const { pid, cgroup } of await processes()) {
    if (cgroup.includes(`/${unitPrefix}`)) kibibytes += await kibibytesIn(`/proc/${pid}/smaps_rollup`, 'Pss');
  }
  return kibibytes / MEBIBYTE_IN_KIBIBYTES;
}

/** The server's process: there is one Java program in the lab. */
async function serverPid(): Promise<number> {
  const server = (await processes()).find(({ cgroup }) => cgroup.includes('/puppetserver.service'));
  if (!server) throw new Error('the Puppet server has no process');
  return server.pid;
}

/** Memory in MiB that the machine has in use beside its Puppet server, whose heap grows by its own rules. */
export async function usedMemory(): Promise<number> {
  const all = await kibibytesIn('/proc/meminfo', 'MemTotal');
  const available = await kibibytesIn('/proc/meminfo', 'MemAvailable');
  const server = await kibibytesIn(`/proc/${await serverPid()}/status`, 'RssAnon');
  return (all - available - server) / MEBIBYTE_IN_KIBIBYTES;
}

/** Seconds of CPU that the Puppet server has taken. */
export async function serverCpu(): Promise<number> {
  const stat = await fs.readFile(`/proc/${await serverPid()}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

/**
 * Seconds that all processors of the machine have spent in programs.
 *
 * What the kernel does does not count: where it watches which memory is in use (DAMON), that alone keeps most of a
 * processor busy as long as there are 2,000 clones.
 */
function machineCpu(): number {
  const busy = os.cpus().map(({ times }) => times.user + times.nice);
  return busy.reduce((sum, ms) => sum + ms, 0) / 1000;
}

/** Waits until the machine has next to nothing to do. */
export async function idle(): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const [before, began] = [machineCpu(), performance.now()];
    await sleep(IDLE_MS);
    const seconds = (performance.now() - began) / 1000;
    if ((machineCpu() - before) / seconds < IDLE_SHARE * os.cpus().length) return;
    if (Date.now() > end) throw new Error(`the machine did not come to rest in ${PATIENCE_MS / 1000} s`);
  }
}

/** Waits until the kernel has gone through all memory so often in its search for equal pages. */
export async function pagesMerged(scans = 3): Promise<void> {
  const file = '/sys/kernel/mm/ksm/full_scans';
  const wanted = Number(await fs.readFile(file, 'utf8')) + scans;
  const end = Date.now() + PATIENCE_MS;
  while (Number(await fs.readFile(file, 'utf8')) < wanted) {
    if (Date.now() > end)
      throw new Error('the kernel did not search for equal pages: is /sys/kernel/mm/ksm/run 1?');
    await sleep(1000);
  }
}
