import { spawn } from 'node:child_process';
import fs from 'fs-extra';
import { inOwnCgroup } from './cgroup.ts';

const NSPAWN_ENV = {
  SYSTEMD_NSPAWN_UNIFIED_HIERARCHY: '1',
  // Makes /proc/sys writable: a clone host raises the kernel's limits.
  SYSTEMD_NSPAWN_API_VFS_WRITABLE: '1',
};

/** Boots a root file system in a container that outlives this process. Returns the PID of its systemd-nspawn. */
export async function startContainer(root: string, name: string, consoleLog: string): Promise<number> {
  const log = await fs.open(consoleLog, 'w');
  const [command, ...words] = await nspawnCommand(root, name);
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

async function nspawnCommand(root: string, name: string): Promise<string[]> {
  const nspawn = [
    'systemd-nspawn',
    '--boot',
    `--directory=${root}`,
    `--machine=${name}`,
    '--register=no',
    '--capability=all',
    '--system-call-filter=add_key keyctl bpf',
    // The console has to be read: if its buffer is full, init blocks. The shutdown of a large fleet fills it.
    '--console=read-only',
  ];
  // On a machine that systemd runs, the container gets its own scope.
  if (await fs.pathExists('/run/systemd/system')) return nspawn;
  return inOwnCgroup(name, [...nspawn, '--keep-unit']);
}
