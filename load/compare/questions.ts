import { COMPARED, type Compared, type ComparedFigure } from '../../model/load/comparison.ts';
import { METRICS } from '../../model/load/profile.ts';
import type { Question } from './estimate.ts';

const UNITS: Readonly<Record<Compared, ComparedFigure['unit']>> = {
  offered: 'runs/min',
  achieved: 'runs/min',
  failed_percent: '%',
  dropped_percent: '%',
  mean: 's',
  p50: 's',
  p95: 's',
  p99: 's',
};

/** The unit of a figure. */
export function unitOf(figure: Compared): ComparedFigure['unit'] {
  return UNITS[figure];
}

const LATENCIES = COMPARED.filter((figure) => unitOf(figure) === 's');
const OTHERS = COMPARED.filter((figure) => unitOf(figure) !== 's');

/** What users of a server notice: loads, failures, and the latency of whole runs. */
export const MAIN: readonly Question[] = [
  ...OTHERS.map((figure) => ({ figure, metric: null })),
  ...LATENCIES.map((figure) => ({ figure, metric: 'total' as const })),
];

/** Where the time of a run went. */
export const PARTS: readonly Question[] = METRICS.filter((metric) => metric !== 'total').flatMap((metric) =>
  LATENCIES.map((figure) => ({ figure, metric })),
);
