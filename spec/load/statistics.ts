/** The value below which a share of the values lie, by nearest rank. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.max(1, Math.ceil((percent / 100) * sorted.length));
  const value = sorted[rank - 1];
  if (value === undefined) throw new RangeError('a percentile needs at least one value');
  return value;
}

export const median = (values: readonly number[]) => percentile(values, 50);

/** How many of the values there are of each kind. */
export function countBy<T>(values: readonly T[], kind: (value: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[kind(value)] = (counts[kind(value)] ?? 0) + 1;
  return counts;
}

/** Counts as people write them: `57 ok, 1 changed`. */
export function inWords(counts: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counts).map(([kind, count]) => `${count} ${kind.replaceAll('_', ' ')}`);
  return parts.join(', ') || 'none';
}
