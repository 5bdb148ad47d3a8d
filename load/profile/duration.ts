/** Milliseconds in each unit. */
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Schema of a duration: numbers with units, the longest unit first by habit, but in any order. */
export const DURATION = {
  type: 'string',
  description: 'a duration such as 90s, 30m, 1h30m or 2d',
  pattern: '^(\\d{1,7}(\\.\\d{1,3})?(ms|s|m|h|d))+$',
} as const;

/**
 * Converts a duration to milliseconds.
 *
 * @param text - Matches {@link DURATION}
 */
export function milliseconds(text: string): number {
  let sum = 0;
  for (const [, number, unit = ''] of text.matchAll(/([\d.]+)([a-z]+)/g))
    sum += Number(number) * (UNITS[unit] ?? 0);
  return Math.round(sum);
}
