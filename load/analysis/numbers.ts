/** Mean of the values that are known; undefined without any. */
export function meanOf(values: readonly (number | null | undefined)[]): number | undefined {
  const known = values.filter((value): value is number => value !== undefined && value !== null);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** A share from 0 to 1 as text. */
export function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
