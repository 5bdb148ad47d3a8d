import type { Series } from '../chart.ts';

/** Values of the layers of a stack, each with those below it added. */
export function stacked(series: readonly Series[]): (number | null)[][] {
  const heights: number[] = [];
  return series.map(({ values }) =>
    values.map((value, index) => {
      const height = (heights[index] ?? 0) + (value ?? 0);
      heights[index] = height;
      return series.every((layer) => layer.values[index] === null) ? null : height;
    }),
  );
}
