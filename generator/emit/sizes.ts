import type { RunMode } from '../../model/fleet.ts';
import { CLONES_MAX, MEMORY_MIB, RUN_CPU_SECONDS } from '../../model/limits.ts';

/** A host, as far as the size of its fleet depends on it. */
export interface Size {
  readonly memoryGib: number;
  readonly cores: number;
}

/** Hosts of the table in docs/sizing.md. */
export const SIZES: readonly Size[] = [
  { memoryGib: 4, cores: 2 },
  { memoryGib: 8, cores: 2 },
  { memoryGib: 16, cores: 4 },
  { memoryGib: 32, cores: 8 },
  { memoryGib: 64, cores: 16 },
  { memoryGib: 128, cores: 32 },
];

/** Seconds between runs that the table is made for. */
export const INTERVAL = 1800;

/** The size of a fleet by default, and the largest that the class accepts; both as the function `clone_count` has them. */
export function fleetSize({ memoryGib, cores }: Size, mode: RunMode) {
  const { clone, idle, run } = MEMORY_MIB[mode];
  const left = memoryGib * 1024 - MEMORY_MIB.system - MEMORY_MIB.agent - 2 * cores * run;
  const byMemory = Math.floor(left / clone);
  const byProcessors = mode === 'timer' ? Math.floor((cores * INTERVAL) / RUN_CPU_SECONDS) : byMemory;
  return {
    byDefault: Math.min(byMemory, byProcessors, CLONES_MAX),
    most: Math.min(Math.floor(left / idle), CLONES_MAX),
  };
}
