import * as fs from 'node:fs';
import * as os from 'node:os';
import type { Reduced } from '../../model/load/reduced.ts';
import type { TestPlan } from '../../model/load/roster.ts';
import { agentReader } from '../../tasks/lib/clone/agent.ts';
import type { Host } from '../../tasks/lib/contract/host.ts';

/** Versions and machine of a load host, as they are now. */
export async function aboutHost(host: Host, { roster, host: index }: TestPlan): Promise<Reduced['about']> {
  const agentOf = agentReader(host);
  const bases = roster.hosts[index]?.groups.map(({ base }) => base) ?? [];
  const agents = bases.map((base) => [base, agentOf(base)?.version ?? 'unknown']);
  return {
    os: osName(host),
    kernel: os.release(),
    systemd: systemdVersion((await host.systemctl(['show', '--property=Version'])).stdout),
    processors: host.processors,
    memory: os.totalmem(),
    agents: Object.fromEntries(agents),
  };
}

function osName({ root }: Host): string {
  const file = `${root}/etc/os-release`;
  if (!fs.existsSync(file)) return 'unknown';
  return /^PRETTY_NAME="?([^"\n]*)/m.exec(fs.readFileSync(file, 'utf8'))?.[1] ?? 'unknown';
}

/** Version of the service manager: `257.8-1`. */
function systemdVersion(output: string): string {
  return /^Version=(.+)$/m.exec(output)?.[1] ?? 'unknown';
}
