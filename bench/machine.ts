import os from 'node:os';
import type { Host } from '../lab/host/host.ts';
import type { Results } from './figures.ts';

/** Describes this machine and the software on the host, which is part of the results. */
export async function describeMachine(host: Host): Promise<Results['machine']> {
  const command = 'dpkg-query --show puppet-agent puppetserver systemd | cut -f 2';
  const [agent, server, systemd] = (await host.output(command)).split('\n');
  return {
    cores: os.cpus().length,
    processor: os.cpus()[0]?.model.trim() ?? 'unknown',
    memory_mib: Math.round(os.totalmem() / 1024 / 1024),
    kernel: os.release(),
    host: `Debian 13, systemd ${systemd}`,
    agent: agent as string,
    server: server as string,
  };
}
