/** Something at a time, in milliseconds since the test began. */
interface Point {
  readonly at: number;
}

/** All times that several lines have points at, ascending. */
export function timesOf(lines: readonly (readonly Point[])[]): number[] {
  return [...new Set(lines.flatMap((line) => line.map(({ at }) => at)))].sort((a, b) => a - b);
}

/** The values of a line at these times; null where it has no point. */
export function valuesAt<P extends Point>(
  times: readonly number[],
  line: readonly P[],
  read: (point: P) => number | null,
): (number | null)[] {
  const values = new Map(line.map((point) => [point.at, read(point)]));
  return times.map((at) => values.get(at) ?? null);
}
