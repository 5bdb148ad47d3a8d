/** Run intervals in minutes for which loads are told in agents. */
export const RUN_INTERVALS = [30, 60];

/** Mean of the values that are known; undefined without any. */
export function meanOf(values: readonly (number | null | undefined)[]): number | undefined {
  const known = values.filter((value): value is number => value !== undefined && value !== null);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** A share from 0 to 1 as text. */
export function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
