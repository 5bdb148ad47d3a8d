import * as fs from 'node:fs';
import { concurrentRuns, type Fleet } from '../../../model/fleet.ts';
import {
  DBUS_CONNECTIONS,
  type Demand,
  DISK_MIB,
  KERNEL_LIMITS,
  MACHINED_FILES,
  MEMORY_MIB,
} from '../../../model/limits.ts';
import { MEBIBYTE } from '../clone/bytes.ts';
import { countOverlays } from '../clone/disk.ts';
import type { Host } from '../contract/host.ts';

/** A limit of the host, and the number of clones that fit within it. */
export interface Capacity {
  /** Its name in sysctl(8), or in the configuration of the service that it applies to. */
  readonly limit: string;
  /** Its current value. For the disk: free space. */
  readonly allowed: number;
  readonly per_clone: number;
  /** Number of clones that fit, after the host's own demand. */
  readonly clones: number;
  /** Whether the class raises the limit when the fleet grows. */
  readonly raised: boolean;
}

/**
 * Limits of the host, except for those that cannot be determined, in ascending order of the number of clones.
 *
 * The class uses the same figures to raise limits, so a raised limit always allows the fleet that it was raised for.
 *
 * @param fleet - its run mode and concurrent runs determine the memory that is needed, and its overlays the disk space
 * @param machinedFiles - maximum number of open files of systemd-machined; null if unknown
 */
export function capacityOf(host: Host, fleet: Fleet, machinedFiles: number | null): Capacity[] {
  const { run_mode } = fleet;
  const kernel = Object.entries(KERNEL_LIMITS).map(([name, demand]) =>
    raised(name, numberIn(host, `/proc/sys/${name.replace(/\./g, '/')}`, /^(\d+)$/m), demand),
  );
  const { idle, run } = MEMORY_MIB[run_mode];
  const reserved = MEMORY_MIB.system + MEMORY_MIB.agent + concurrentRuns(fleet) * run;
  const connections = numberIn(
    host,
    `/etc/dbus-1/system.d/${host.names.prefix}.conf`,
    /<limit name="max_connections_per_user">(\d+)</,
  );
  return [
    ...kernel,
    fixed('memory_mib', memoryMib(host), { host: reserved, clone: idle }),
    disk(host, fleet),
    raised('dbus max_connections_per_user', connections, DBUS_CONNECTIONS),
    raised('systemd-machined LimitNOFILE', machinedFiles, MACHINED_FILES),
  ]
    .filter((entry): entry is Capacity => entry !== undefined)
    .sort((a, b) => a.clones - b.clones);
}

const raised = capacity(true);
const fixed = capacity(false);

function capacity(raised: boolean) {
  return (limit: string, allowed: number | null, demand: Demand): Capacity | undefined => {
    if (allowed === null) return undefined;
    const clones = Math.max(0, Math.floor((allowed - demand.host) / demand.clone));
    return { limit, allowed, per_clone: demand.clone, clones, raised };
  };
}

/** Memory limits of the control groups that clones are in. Where the host is a container, the first one is its own. */
const MEMORY_LIMITS = ['/sys/fs/cgroup/memory.max', '/sys/fs/cgroup/machine.slice/memory.max'] as const;

/** What the clones may use at most, together with the host. */
function memoryMib(host: Host): number | null {
  const kibibytes = numberIn(host, '/proc/meminfo', /^MemTotal: +(\d+) kB$/m);
  const limits = MEMORY_LIMITS.map((file) => numberIn(host, file, /^(\d+)$/m));
  const bytes = [kibibytes && kibibytes * 1024, ...limits].filter((size): size is number => size !== null);
  return bytes.length === 0 ? null : Math.floor(Math.min(...bytes) / MEBIBYTE);
}

/** Clones that already have an overlay are counted in addition to those that fit in the free space. */
function disk(host: Host, fleet: Fleet): Capacity | undefined {
  const bytes = host.freeBytes(host.root + host.names.stateDir);
  const demand = { host: DISK_MIB.system, clone: DISK_MIB[fleet.run_mode] };
  const free = fixed('disk_free_mib', bytes && Math.floor(bytes / MEBIBYTE), demand);
  return free && { ...free, clones: countOverlays(host, fleet) + free.clones };
}

function numberIn({ root }: Host, file: string, pattern: RegExp): number | null {
  try {
    const [, number] = pattern.exec(fs.readFileSync(root + file, 'utf8')) ?? [];
    return number === undefined ? null : Number(number);
  } catch {
    // Without the file, the kernel or the host does not have this limit.
    return null;
  }
}
