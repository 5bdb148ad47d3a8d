import { statfs } from 'node:fs/promises';
import { execa } from 'execa';
import fs from 'fs-extra';
import { LabError } from '../errors.ts';
import { osRelease } from './os-release.ts';

/** Free disk space for a lab, in bytes: an image of 1.5 GB, a host made from it, and the fleet. */
const DISK_NEEDED = 6e9;

/**
 * Fails unless this machine can run a lab.
 *
 * @param folder - Where the lab's files will be
 */
export async function assertMachine(folder: string): Promise<void> {
  if (process.getuid?.() !== 0) {
    throw new LabError('booting a container requires root', 'run the lab as root: sudo bin/lab');
  }
  const { id } = await osRelease();
  if (id !== 'debian' && id !== 'ubuntu') {
    throw new LabError(`this machine runs ${id || 'an unknown system'}`, 'run the lab on Debian or Ubuntu');
  }
  await assertDiskSpace(folder);
  await assertFileSystems();
  await assertNamespaces();
}

async function assertDiskSpace(folder: string): Promise<void> {
  await fs.ensureDir(folder);
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= DISK_NEEDED) return;
  throw new LabError(
    `${folder} has ${(free / 1e9).toFixed(1)} GB free, but a lab needs ${DISK_NEEDED / 1e9} GB`,
    'free some space, or remove old labs: bin/lab destroy',
  );
}

async function assertFileSystems(): Promise<void> {
  const known = await fs.readFile('/proc/filesystems', 'utf8');
  for (const needed of ['overlay', 'cgroup2']) {
    if (new RegExp(`\\b${needed}$`, 'm').test(known)) continue;
    if ((await execa('modprobe', [needed], { reject: false })).failed) {
      throw new LabError(
        `this kernel does not support ${needed}`,
        'use a machine whose kernel supports overlayfs and cgroup v2',
      );
    }
  }
}

async function assertNamespaces(): Promise<void> {
  const namespaces = ['--mount', '--pid', '--uts', '--ipc', '--cgroup'];
  const { failed, stderr } = await execa('unshare', [...namespaces, '--fork', 'true'], { reject: false });
  if (!failed) return;
  throw new LabError(
    `namespaces cannot be created here: ${stderr}`,
    'use a machine that allows it, or a container with more privileges',
  );
}
