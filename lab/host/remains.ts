import { execa } from 'execa';
import fs from 'fs-extra';
import { LabError } from '../errors.ts';
import { waitUntil } from '../wait.ts';
import { processesInCgroup } from './cgroup.ts';
import { signal } from './process.ts';

/** How long processes may take to end after SIGKILL. A large fleet has thousands. */
const KILL_TIMEOUT_MS = 60_000;

/**
 * Processes of a container on this machine: those in its control group, and those whose root is the container's. If its
 * systemd-nspawn is killed, they live on.
 *
 * @param root - Path of its root file system
 */
export async function processesOf(container: string, root: string): Promise<number[]> {
  return [...new Set([...(await processesInCgroup(container)), ...(await processesInRoot(root))])];
}

/** Compares inodes, because links in /proc show a root in another mount namespace as `/`. */
async function processesInRoot(root: string): Promise<number[]> {
  const folder = await fs.stat(root).catch(() => undefined);
  if (!folder) return [];
  const pids = (await fs.readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const own = await fs.stat(`/proc/${pid}/root/.`).catch(() => undefined);
      return own?.dev === folder.dev && own.ino === folder.ino ? [Number(pid)] : [];
    }),
  );
  return found.flat();
}

/**
 * Kills what is left of a container whose systemd-nspawn has ended. Returns the number of processes that were left.
 *
 * Not an orderly shutdown: systemd in the container takes minutes for a large fleet, and waits for its supervisor.
 */
export async function killRemains(container: string, root: string): Promise<number> {
  const found = await processesOf(container, root);
  let left = found;
  // Processes can fork while they are killed. The end of the container's init ends all others.
  const ended = async () => {
    for (const pid of left) signal(pid, 'SIGKILL');
    left = await processesOf(container, root);
    return left.length === 0;
  };
  await waitUntil(ended, {
    timeoutMs: KILL_TIMEOUT_MS,
    intervalMs: 100,
    timeoutError: () =>
      new LabError(
        `${left.length} processes of the container ${container} do not end: ${left.slice(0, 5).join(', ')}`,
        'see /proc/<pid>/stack for what the kernel waits for, and try again',
      ),
  });
  return found.length;
}

/** Unmounts everything below a folder in this process's mount namespace, the innermost mounts first. */
export async function unmountBelow(folder: string): Promise<void> {
  const mounts = (await fs.readFile('/proc/self/mountinfo', 'utf8')).split('\n');
  const below = mounts
    .map((line) => line.split(' ')[4]?.replaceAll(/\\([0-7]{3})/g, (_, code) => octal(code)) ?? '')
    .filter((target) => target.startsWith(`${folder}/`));
  for (const target of below.reverse()) await execa('umount', [target]);
}

const octal = (code: string) => String.fromCharCode(Number.parseInt(code, 8));
