/** Mean of the values that are known; undefined without any. */
export function meanOf(values: readonly (number | null | undefined)[]): number | undefined {
  const known = values.filter((value): value is number => value !== undefined && value !== null);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** A share from 0 to 1 as text. */
export function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

/** A number with its noun: `1 run`, `2,000 runs`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

/** Names as text: `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[]): string {
  const [last, ...others] = [...names].reverse();
  return others.length === 0 ? (last ?? '') : `${others.reverse().join(', ')} and ${last}`;
}
