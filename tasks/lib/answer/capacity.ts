import * as fs from 'node:fs';
import type { Fleet } from '../../../model/fleet.ts';
import {
  DBUS_CONNECTIONS,
  DISK_MIB,
  KERNEL_LIMITS,
  MACHINED_FILES,
  MEMORY_MIB,
  type Share,
} from '../../../model/limits.ts';
import { MEBIBYTE } from '../clone/bytes.ts';
import { countOverlays } from '../clone/disk.ts';
import type { Host } from '../contract/host.ts';

/** A limit of the host's, and how far it reaches. */
export interface Capacity {
  /** Its name: in sysctl(8), or in the configuration of what it limits. */
  readonly limit: string;
  /** What there is of it; of the disk, what is free. */
  readonly allowed: number;
  readonly per_clone: number;
  /** How many clones it allows, beside what the host needs itself. */
  readonly clones: number;
}

/**
 * What the host allows, as far as it tells; the limit that breaks first comes first.
 *
 * By the figures that the class raises limits by: one that it has raised allows the fleet that it was raised for.
 *
 * @param fleet - how its agents run, and how many runs are under way at once, decide what a clone takes of the memory;
 *   which of its clones have an overlay, how many find room on the disk
 * @param machinedFiles - files that systemd-machined may hold open, where that is known
 */
export function capacityOf(host: Host, fleet: Fleet, machinedFiles: number | null): Capacity[] {
  const { run_mode, lanes } = fleet;
  const kernel = Object.entries(KERNEL_LIMITS).map(([name, share]) =>
    capacity(name, numberIn(host, `/proc/sys/${name.replace(/\./g, '/')}`, /^(\d+)$/m), share),
  );
  const kibibytes = numberIn(host, '/proc/meminfo', /^MemTotal: +(\d+) kB$/m);
  const { idle, run } = MEMORY_MIB[run_mode];
  const aside = MEMORY_MIB.system + MEMORY_MIB.agent + lanes * run;
  const connections = numberIn(
    host,
    `/etc/dbus-1/system.d/${host.names.prefix}.conf`,
    /<limit name="max_connections_per_user">(\d+)</,
  );
  return [
    ...kernel,
    capacity('memory_mib', kibibytes && Math.floor(kibibytes / 1024), { host: aside, clone: idle }),
    disk(host, fleet),
    capacity('dbus max_connections_per_user', connections, DBUS_CONNECTIONS),
    capacity('systemd-machined LimitNOFILE', machinedFiles, MACHINED_FILES),
  ]
    .filter((some): some is Capacity => some !== undefined)
    .sort((a, b) => a.clones - b.clones);
}

function capacity(limit: string, allowed: number | null, share: Share): Capacity | undefined {
  if (allowed === null) return undefined;
  const clones = Math.max(0, Math.floor((allowed - share.host) / share.clone));
  return { limit, allowed, per_clone: share.clone, clones };
}

/** Clones that have an overlay have their room; what is free is for further ones. */
function disk(host: Host, fleet: Fleet): Capacity | undefined {
  const bytes = host.freeBytes(host.root + host.names.stateDir);
  const share = { host: DISK_MIB.system, clone: DISK_MIB[fleet.run_mode] };
  const free = capacity('disk_free_mib', bytes && Math.floor(bytes / MEBIBYTE), share);
  return free && { ...free, clones: countOverlays(host, fleet) + free.clones };
}

function numberIn({ root }: Host, file: string, pattern: RegExp): number | null {
  try {
    const [, number] = pattern.exec(fs.readFileSync(root + file, 'utf8')) ?? [];
    return number === undefined ? null : Number(number);
  } catch {
    // A kernel without the limit, or a host without the service, cannot be short of it.
    return null;
  }
}
