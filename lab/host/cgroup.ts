import path from 'node:path';
import fs from 'fs-extra';
import { waitUntil } from '../wait.ts';

/** A control group stays busy for a moment after its last process has ended. */
const REMOVE_TIMEOUT_MS = 5000;

/**
 * The control group for a container on a machine that systemd does not run. Undefined if cgroup v2 is not mounted.
 * systemd-nspawn itself would leave all containers in the control group that it was started in.
 */
async function cgroupOf(container: string): Promise<string | undefined> {
  const root = await cgroupRoot();
  return root && path.join(root, container);
}

async function cgroupRoot(): Promise<string | undefined> {
  const mounts = await fs.readFile('/proc/self/mounts', 'utf8');
  return /^\S+ (\S+) cgroup2 /m.exec(mounts)?.[1];
}

/** Processes in the control group of a container, or in its scope if systemd runs this machine, and in groups inside. */
export async function processesInCgroup(container: string): Promise<number[]> {
  const root = await cgroupRoot();
  if (!root) return [];
  const groups = [path.join(root, container), path.join(root, 'machine.slice', `${container}.scope`)];
  return (await Promise.all(groups.map(processesBelow))).flat();
}

async function processesBelow(folder: string): Promise<number[]> {
  // A group can disappear at any time.
  const entries = await fs.readdir(folder, { withFileTypes: true }).catch(() => []);
  const inside = entries.filter((entry) => entry.isDirectory()).map(({ name }) => path.join(folder, name));
  const own = await fs.readFile(path.join(folder, 'cgroup.procs'), 'utf8').catch(() => '');
  // 0 is a process outside of this process's own PID namespace.
  const pids = own
    .split('\n')
    .map(Number)
    .filter((pid) => pid > 0);
  return [...pids, ...(await Promise.all(inside.map(processesBelow))).flat()];
}

/** A command that executes the given one in the container's control group, under the same PID. */
export async function inOwnCgroup(container: string, command: readonly string[]): Promise<string[]> {
  const cgroup = await cgroupOf(container);
  if (!cgroup) return [...command];
  await fs.ensureDir(cgroup);
  return ['sh', '-c', 'echo $$ > "$0/cgroup.procs" && exec "$@"', cgroup, ...command];
}

/** Removes the control group of a container that has ended, with all groups inside. Fails if a process is left in it. */
export async function removeCgroup(container: string): Promise<void> {
  const cgroup = await cgroupOf(container);
  if (!cgroup) return;
  let failure = new Error(`${cgroup} was not removed`);
  const removed = async () => {
    await removeFolders(cgroup).catch((error) => {
      failure = error;
    });
    return !(await fs.pathExists(cgroup));
  };
  await waitUntil(removed, {
    timeoutMs: REMOVE_TIMEOUT_MS,
    intervalMs: 100,
    timeoutError: () => failure,
  });
}

/** Only the folders of a cgroup file system can be removed; their files disappear with them. */
async function removeFolders(folder: string): Promise<void> {
  for (const entry of await fs.readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await removeFolders(path.join(folder, entry.name));
  }
  await fs.rmdir(folder);
}
