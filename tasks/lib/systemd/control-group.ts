import * as fs from 'node:fs';
import { serviceOf } from '../../../model/names.ts';
import type { Host } from '../contract/host.ts';

/** What a clone's control group says of it. */
export interface Usage {
  /** Milliseconds since 1970, when the clone was started. */
  readonly since: number | null;
  /** Bytes; null where the host does not count memory. */
  readonly memory: number | null;
}

/** Where control groups are: one hierarchy (version 2), or one for each kind and systemd's own (version 1). */
const HIERARCHIES = ['/sys/fs/cgroup', '/sys/fs/cgroup/systemd'] as const;
const MEMORY = [
  { hierarchy: '/sys/fs/cgroup', file: 'memory.current' },
  { hierarchy: '/sys/fs/cgroup/memory', file: 'memory.usage_in_bytes' },
] as const;

/**
 * A reader of the clones' control groups: systemd, asked for the properties of a unit, takes milliseconds for each.
 *
 * The group is made when the clone is started, and systemd-nspawn makes all that is directly in it: the time of its
 * last change is that of the start.
 *
 * @returns a function of a clone's name, which answers nulls where there is no such group
 */
export function usageReader({ names, root }: Host): (clone: string) => Usage {
  const slice = (hierarchy: string) => `${root}${hierarchy}/machine.slice`;
  const hierarchy = HIERARCHIES.find((some) => fs.existsSync(slice(some)));
  const memory = MEMORY.find((some) => fs.existsSync(`${slice(some.hierarchy)}/${some.file}`));

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
