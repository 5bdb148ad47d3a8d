import fs from 'fs-extra';

/** A process on this machine. The lab's host shares its kernel, so all processes of clones are among them. */
export interface Process {
  readonly pid: number;
  readonly cgroup: string;
}

export async function processes(): Promise<Process[]> {
  const found: Process[] = [];
  for (const name of await fs.readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    // The process may have ended in the meantime.
    const cgroup = await fs.readFile(`/proc/${name}/cgroup`, 'utf8').catch(() => '');
    found.push({ pid: Number(name), cgroup });
  }
  return found;
}

/** PID of the Puppet server. */
export async function serverPid(): Promise<number> {
  const server = (await processes()).find(({ cgroup }) => cgroup.includes('/puppetserver.service'));
  if (!server) throw new Error('the Puppet server is not running');
  return server.pid;
}
