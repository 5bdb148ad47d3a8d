import type { XAxis } from './chart.ts';

const DIGITS = 3;

/** Formats a number with three significant digits, and thousands apart: `0.0123`, `1.5`, `12,345`. */
export function formatNumber(value: number): string {
  const digits = value === 0 ? 0 : Math.max(0, DIGITS - 1 - Math.floor(Math.log10(Math.abs(value))));
  const [whole, fraction] = Math.abs(value).toFixed(Math.min(digits, 6)).split('.') as [string, string?];
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const decimals = fraction?.replace(/0+$/, '');
  return `${value < 0 ? '-' : ''}${grouped}${decimals ? `.${decimals}` : ''}`;
}

/** Formats a value with its unit; `-` if there is none. */
export function formatValue(value: number | null | undefined, unit: string): string {
  if (value === null || value === undefined) return '-';
  return unit === '' ? formatNumber(value) : `${formatNumber(value)} ${unit}`;
}

/** Formats seconds since the test began: `1:05`, `1:01:05`. Fractions are shown if there are any: `0:00.5`. */
export function formatElapsed(seconds: number): string {
  const tenths = Math.round(seconds * 10);
  const whole = Math.floor(tenths / 10);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  const fraction = tenths % 10 === 0 ? '' : `.${tenths % 10}`;
  return `${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(rest)}${fraction}`;
}

/** Formats a position on a percentile axis: 10 is `90 %`, 1000 is `99.9 %`. */
export function formatPercentile(position: number): string {
  return `${Number((100 - 100 / position).toFixed(6))} %`;
}

/** How positions on each kind of axis read. */
export const FORMAT_X: Readonly<Record<XAxis, (position: number) => string>> = {
  time: formatElapsed,
  percentile: formatPercentile,
  latency: (seconds) => formatValue(seconds, 's'),
};

/** Makes words of an identifier: `catalog_failed` becomes `catalog failed`. */
export function words(identifier: string): string {
  return identifier.replace(/_/g, ' ');
}

/** Formats a number with the noun that it counts: `1 clone`, `2 clones`. */
export function counted(count: number, noun: string): string {
  return `${formatNumber(count)} ${noun}${count === 1 ? '' : 's'}`;
}
