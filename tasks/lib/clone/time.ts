/** Formats milliseconds since 1970 as ISO 8601, without fractions of seconds. Returns null if the time is invalid. */
export function isoSeconds(milliseconds: number): string | null {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? null : date.toISOString().replace(/\.\d+Z$/, 'Z');
}
