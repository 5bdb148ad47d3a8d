import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import fs from 'fs-extra';

/** Time in which the kernel lets go of a control group whose last process has ended, in ms. */
const EMPTY_MS = 5000;

/**
 * The control group of a container that systemd does not make one for, or undefined where this machine has no mount of
 * cgroup v2. Without one of its own, systemd-nspawn puts every container into the one that it was started in.
 */
async function cgroupOf(machine: string): Promise<string | undefined> {
  const mounts = await fs.readFile('/proc/self/mounts', 'utf8');
  const root = /^\S+ (\S+) cgroup2 /m.exec(mounts)?.[1];
  return root && path.join(root, machine);
}

/** The command, run in a control group of its own; the process stays the same one. */
export async function inOwnCgroup(machine: string, command: readonly string[]): Promise<string[]> {
  const cgroup = await cgroupOf(machine);
  if (!cgroup) return [...command];
  await fs.ensureDir(cgroup);
  return ['sh', '-c', 'echo $$ > "$0/cgroup.procs" && exec "$@"', cgroup, ...command];
}

/** Removes the control group of a container that has ended, with those that were made in it. */
export async function removeCgroup(machine: string): Promise<void> {
  const cgroup = await cgroupOf(machine);
  const end = Date.now() + EMPTY_MS;
  while (cgroup && (await fs.pathExists(cgroup))) {
    try {
      await removeFolders(cgroup);
    } catch (error) {
      if (Date.now() > end) throw error;
      await sleep(100);
    }
  }
}

/** Folders alone can be removed there; the files go with them. */
async function removeFolders(folder: string): Promise<void> {
  for (const entry of await fs.readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await removeFolders(path.join(folder, entry.name));
  }
  await fs.rmdir(folder);
}
