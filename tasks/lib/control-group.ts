import * as fs from 'node:fs';
import { serviceOf } from '../../generator/model/names.ts';
import type { Host } from './host.ts';

/** What a clone's control group says of it. */
export interface Usage {
  /** Milliseconds since 1970, when the clone was started. */
  readonly since: number | null;
  /** Bytes; null where the host does not count memory. */
  readonly memory: number | null;
}

/**
 * Reads the control group of a clone, without asking systemd, which takes milliseconds for the properties of each unit.
 *
 * The group is made when the clone is started, and systemd-nspawn makes all that is directly in it: the time of its
 * last change is that of the start.
 *
 * @returns nulls where there is no such group
 */
export function usageOf({ names, root }: Host, clone: string): Usage {
  const group = `/machine.slice/${serviceOf(names, clone)}`;
  // One hierarchy (version 2), or one for each kind and systemd's own (version 1).
  const since = (hierarchy: string) => fs.statSync(root + hierarchy + group).mtimeMs;
  const bytes = (file: string) => Number(fs.readFileSync(root + file, 'utf8'));
  return {
    since: orNull(() => since('/sys/fs/cgroup')) ?? orNull(() => since('/sys/fs/cgroup/systemd')),
    memory:
      orNull(() => bytes(`/sys/fs/cgroup${group}/memory.current`)) ??
      orNull(() => bytes(`/sys/fs/cgroup/memory${group}/memory.usage_in_bytes`)),
  };
}

function orNull(read: () => number): number | null {
  try {
    return read();
  } catch {
    return null;
  }
}
