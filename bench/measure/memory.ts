import fs from 'fs-extra';
import { waitUntil } from '../../lab/wait.ts';
import { processes, serverPid } from './processes.ts';

const KIB_PER_MIB = 1024;

/** Passes of the kernel over all memory, after which equal pages are merged. */
const SCANS = 3;
const SCANS_TIMEOUT_MS = 900_000;

async function kibibytesIn(file: string, key: string): Promise<number> {
  const text = await fs.readFile(file, 'utf8').catch(() => '');
  return Number(new RegExp(`^${key}: +(\\d+) kB$`, 'm').exec(text)?.[1] ?? 0);
}

/** Memory (PSS, in MiB) of all processes in units with this prefix. Shared pages are divided among their users. */
export async function pssOf(unitPrefix: string): Promise<number> {
  let kibibytes = 0;
  for (const { pid, cgroup } of await processes()) {
    if (cgroup.includes(`/${unitPrefix}`)) kibibytes += await kibibytesIn(`/proc/${pid}/smaps_rollup`, 'Pss');
  }
  return kibibytes / KIB_PER_MIB;
}

/** Memory in use on this machine (MiB), without the Puppet server's heap, which grows independently of the clones. */
export async function usedMemory(): Promise<number> {
  const all = await kibibytesIn('/proc/meminfo', 'MemTotal');
  const available = await kibibytesIn('/proc/meminfo', 'MemAvailable');
  const server = await kibibytesIn(`/proc/${await serverPid()}/status`, 'RssAnon');
  return (all - available - server) / KIB_PER_MIB;
}

/** Waits until the kernel (KSM) has merged equal pages. */
export async function waitForMergedPages(): Promise<void> {
  const scans = async () => Number(await fs.readFile('/sys/kernel/mm/ksm/full_scans', 'utf8'));
  const wanted = (await scans()) + SCANS;
  await waitUntil(async () => (await scans()) >= wanted, {
    timeoutMs: SCANS_TIMEOUT_MS,
    intervalMs: 1000,
    timeoutError: () =>
      new Error('the kernel did not search for equal pages: check that /sys/kernel/mm/ksm/run is 1'),
  });
}
