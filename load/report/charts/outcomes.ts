import { OUTCOMES } from '../../../model/load/record.ts';
import type { Result } from '../../../model/load/result.ts';
import type { Chart } from '../chart.ts';
import { words } from '../format.ts';
import { timedWindows } from '../timeline.ts';

/** Outcomes over time. */
export function outcomesChart(result: Result): Chart {
  const windows = timedWindows(result);
  const occurred = OUTCOMES.filter((outcome) => windows.some(({ window }) => window?.outcomes[outcome]));
  return {
    id: 'outcomes',
    title: 'Outcomes',
    caption: 'Arrivals by what became of them, by the time of arrival.',
    x: 'time',
    kind: 'stacked bars',
    unit: 'arrivals',
    xs: windows.map(({ from }) => from),
    series: occurred.map((outcome) => ({
      name: words(outcome),
      // Each outcome keeps its colour, whichever others occur.
      color: OUTCOMES.indexOf(outcome),
      values: windows.map(({ window }) => window?.outcomes[outcome] ?? 0),
    })),
  };
}
