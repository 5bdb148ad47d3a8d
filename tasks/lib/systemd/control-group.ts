import * as fs from 'node:fs';
import { serviceOf } from '../../../model/names.ts';
import type { Host } from '../contract/host.ts';

/** Data from a clone's control group. */
export interface Usage {
  /** Start time in milliseconds since 1970; null if the clone is down. */
  readonly since: number | null;
  /** Memory in bytes; null if the clone is down or the host does not account for memory. */
  readonly memory: number | null;
}

/** Mount points of cgroup hierarchies: the unified one of version 2, or systemd's own one of version 1. */
const HIERARCHIES = ['/sys/fs/cgroup', '/sys/fs/cgroup/systemd'] as const;
const MEMORY = [
  { hierarchy: '/sys/fs/cgroup', file: 'memory.current' },
  { hierarchy: '/sys/fs/cgroup/memory', file: 'memory.usage_in_bytes' },
] as const;

/**
 * Creates a function that reads the control group of a clone, by the clone's name.
 *
 * Reading the same data as unit properties from systemd takes milliseconds per clone. The modification time of the
 * group is the start time of the clone, because systemd-nspawn creates all its direct children at the start.
 */
export function usageReader({ names, root }: Host): (clone: string) => Usage {
  const slice = (hierarchy: string) => `${root}${hierarchy}/machine.slice`;
  const hierarchy = HIERARCHIES.find((path) => fs.existsSync(slice(path)));
  const memory = MEMORY.find((source) => fs.existsSync(`${slice(source.hierarchy)}/${source.file}`));

  return (clone) => {
    const service = serviceOf(names, clone);
    return {
      since: orNull(() => hierarchy && fs.statSync(`${slice(hierarchy)}/${service}`).mtimeMs),
      memory: orNull(
        () =>
          memory && Number(fs.readFileSync(`${slice(memory.hierarchy)}/${service}/${memory.file}`, 'utf8')),
      ),
    };
  };
}

function orNull(read: () => number | undefined): number | null {
  try {
    return read() ?? null;
  } catch {
    return null;
  }
}
