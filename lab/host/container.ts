import { spawn } from 'node:child_process';
import { execa } from 'execa';
import fs from 'fs-extra';
import { inOwnCgroup } from './cgroup.ts';

const NSPAWN_ENV = {
  SYSTEMD_NSPAWN_UNIFIED_HIERARCHY: '1',
  // Makes /proc/sys writable: a clone host raises the kernel's limits.
  SYSTEMD_NSPAWN_API_VFS_WRITABLE: '1',
};

/** How a container runs. */
export interface ContainerOptions {
  /**
   * Makes fsync(2) and similar calls do nothing, if systemd-nspawn can (systemd 250). Package managers call fsync for
   * every file. For containers that need not survive a crash of this machine.
   */
  readonly suppressSync?: boolean;
}

/** Boots a root file system in a container that outlives this process. Returns the PID of its systemd-nspawn. */
export async function startContainer(
  root: string,
  name: string,
  consoleLog: string,
  options: ContainerOptions,
): Promise<number> {
  const log = await fs.open(consoleLog, 'w');
  const [command, ...words] = await nspawnCommand(root, name, options);
  // Not execa, which keeps references to its child processes.
  const nspawn = spawn(command as string, words, {
    env: { ...process.env, ...NSPAWN_ENV },
    detached: true,
    stdio: ['ignore', log, log],
  });
  nspawn.unref();
  await fs.close(log);
  return nspawn.pid as number;
}

async function nspawnCommand(
  root: string,
  name: string,
  { suppressSync = false }: ContainerOptions,
): Promise<string[]> {
  const nspawn = [
    'systemd-nspawn',
    '--boot',
    `--directory=${root}`,
    `--machine=${name}`,
    '--register=no',
    '--capability=all',
    '--system-call-filter=add_key keyctl bpf',
    ...(suppressSync && (await canSuppressSync()) ? ['--suppress-sync=yes'] : []),
    // The console has to be read: if its buffer is full, init blocks. The shutdown of a large fleet fills it.
    '--console=read-only',
  ];
  // On a machine that systemd runs, the container gets its own scope.
  if (await fs.pathExists('/run/systemd/system')) return nspawn;
  return inOwnCgroup(name, [...nspawn, '--keep-unit']);
}

async function canSuppressSync(): Promise<boolean> {
  return (await execa('systemd-nspawn', ['--help'])).stdout.includes('--suppress-sync');
}
