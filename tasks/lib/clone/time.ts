/** Milliseconds since 1970 as ISO 8601 to the second, or null where they are no time. */
export function isoSeconds(milliseconds: number): string | null {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? null : date.toISOString().replace(/\.\d+Z$/, 'Z');
}
