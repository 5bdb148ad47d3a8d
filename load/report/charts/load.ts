import type { Result } from '../../../model/load/result.ts';
import type { Chart } from '../chart.ts';
import { timedWindows } from '../timeline.ts';

/** Offered and achieved load over time. */
export function loadChart(result: Result): Chart {
  const windows = timedWindows(result);
  const perMinute = (count: 'arrivals' | 'achieved') =>
    windows.map(({ window, seconds }) => ((window?.[count] ?? 0) * 60) / seconds);
  return {
    id: 'load',
    title: 'Offered and achieved load',
    caption:
      'Arrivals a minute, and runs a minute that ended well. If the achieved load stays below the offered load, runs pile up or fail.',
    x: 'time',
    kind: 'lines',
    unit: 'runs/min',
    xs: windows.map(({ from }) => from),
    series: [
      { name: 'offered', values: perMinute('arrivals'), dashed: true },
      { name: 'achieved', values: perMinute('achieved') },
    ],
  };
}
