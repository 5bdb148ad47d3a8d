import { statfs } from 'node:fs/promises';
import { execa } from 'execa';
import fs from 'fs-extra';
import { LabProblem } from './problem.ts';

/** Free disk that a lab needs, in bytes: an image of 1.5 GB, a host made from it, and its fleet. */
const DISK_NEEDED = 6e9;

/** Debian and Ubuntu packages that the project's own work needs on the machine. */
const PACKAGES = {
  ruby: ['ruby', 'ruby-dev', 'ruby-bundler', 'build-essential', 'libffi-dev', 'libyaml-dev', 'zlib1g-dev'],
  lab: [
    'systemd-container',
    'mmdebstrap',
    'openssh-client',
    'iproute2',
    'procps',
    'util-linux',
    'debian-archive-keyring',
  ],
  checks: ['shellcheck'],
  // What lays out images of the Red Hat family, and makes packages and a repository to try it on.
  rpm: ['dnf', 'rpm', 'createrepo-c', 'gnupg'],
  // What vendors' repositories and servers are stood in for with.
  vendors: ['ca-certificates', 'curl', 'dpkg-dev', 'gnupg', 'openssl'],
} as const;

export type PackageSet = keyof typeof PACKAGES;

/** Operating system of this machine, from os-release(5). */
export async function osRelease(): Promise<{ id: string; codename: string }> {
  const text = await fs.readFile('/etc/os-release', 'utf8');
  const value = (key: string) => new RegExp(`^${key}="?([^"\n]*)"?$`, 'm').exec(text)?.[1] ?? '';
  return { id: value('ID'), codename: value('VERSION_CODENAME') };
}

/**
 * Fails unless this machine can run a lab.
 *
 * @param folder - Where the lab's files will be
 */
export async function assertMachine(folder: string): Promise<void> {
  if (process.getuid?.() !== 0) {
    throw new LabProblem('the lab boots a container, which takes root', 'run it as root: sudo bin/lab');
  }
  const { id } = await osRelease();
  if (id !== 'debian' && id !== 'ubuntu') {
    throw new LabProblem(`this machine runs ${id || 'an unknown system'}`, 'run the lab on Debian or Ubuntu');
  }
  await fs.ensureDir(folder);
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < DISK_NEEDED) {
    const free = ((bavail * bsize) / 1e9).toFixed(1);
    throw new LabProblem(
      `${folder} has ${free} GB free, a lab takes 6`,
      'free some space, or remove old labs: bin/lab destroy',
    );
  }
  await assertNamespaces();
}

async function assertNamespaces(): Promise<void> {
  const filesystems = await fs.readFile('/proc/filesystems', 'utf8');
  for (const needed of ['overlay', 'cgroup2']) {
    if (
      !new RegExp(`\\b${needed}$`, 'm').test(filesystems) &&
      (await execa('modprobe', [needed], { reject: false })).failed
    ) {
      throw new LabProblem(
        `this kernel has no ${needed}`,
        'use a machine whose kernel has overlayfs and cgroup v2',
      );
    }
  }
  const { failed, stderr } = await execa(
    'unshare',
    ['--mount', '--pid', '--uts', '--ipc', '--cgroup', '--fork', 'true'],
    {
      reject: false,
    },
  );
  if (failed) {
    throw new LabProblem(
      `no namespaces can be made here: ${stderr}`,
      'use a machine (or a container with more privileges) that may',
    );
  }
}

/** Installs what is missing of these packages, from the machine's own sources. */
export async function installPackages(
  sets: readonly PackageSet[],
  progress: (line: string) => void,
): Promise<boolean> {
  const wanted = sets.flatMap((set) => [...PACKAGES[set]]);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query fills these in
  const { stdout } = await execa('dpkg-query', ['-W', '-f=${Package} ${db:Status-Status}\n', ...wanted], {
    reject: false,
  });
  const installed = new Set(
    stdout
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(' ')[0]),
  );
  const missing = wanted.filter((name) => !installed.has(name));
  if (missing.length === 0) return false;

  if (process.getuid?.() !== 0) {
    throw new LabProblem(
      `packages are missing: ${missing.join(' ')}`,
      'install them, or run this as root, which installs them',
    );
  }
  progress(missing.join(' '));
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await execa('apt-get', ['-qq', 'update'], { env });
  await execa('apt-get', ['-qq', '-y', '--no-install-recommends', 'install', ...missing], { env });
  return true;
}
