import { execa } from 'execa';
import fs from 'fs-extra';

/** Creates a key pair unless it exists. */
export async function ensureKey(file: string): Promise<void> {
  if (await fs.pathExists(file)) return;
  await execa('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'clone-army-lab', '-f', file]);
}

/** Arguments for `ssh` to a port on loopback. The user's own ssh settings and known hosts are ignored. */
export function sshArguments(key: string, port: number): string[] {
  // biome-ignore format: pairs of an option and its value
  return [
    '-F', '/dev/null', '-i', key, '-p', String(port),
    '-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null', '-o', 'LogLevel=ERROR',
    'root@127.0.0.1',
  ];
}
