import { itemsOf } from '../../validation/key-path.ts';
import type { ParsedFile } from '../../validation/parsed-file.ts';
import type { Problem } from '../../validation/problem.ts';

/** A name for each phase: its own, or its kind, numbered from the second phase of the kind. */
export function phaseNames(phases: unknown): string[] {
  const counts = new Map<string, number>();
  return itemsOf(phases).map((phase) => {
    const { name, kind } = (phase ?? {}) as { name?: unknown; kind?: unknown };
    const count = (counts.get(String(kind)) ?? 0) + 1;
    counts.set(String(kind), count);
    if (typeof name === 'string') return name;
    return count === 1 ? String(kind) : `${kind}-${count}`;
  });
}

/** Problems of phases that have the same name as an earlier one. */
export function repeatedNames(source: ParsedFile, names: readonly string[]): Problem[] {
  return names.flatMap((name, i) => {
    if (names.indexOf(name) === i) return [];
    const message = `the name "${name}" is that of an earlier phase, too; give each phase a name of its own`;
    return [source.problem(['phases', i, 'name'], message, { of: 'key' })];
  });
}
