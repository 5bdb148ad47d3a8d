import type { HostWindow } from '../../../model/load/reduced.ts';
import type { Result } from '../../../model/load/result.ts';
import { MEBIBYTE } from '../../../tasks/lib/clone/bytes.ts';
import type { Chart, Series } from '../chart.ts';
import { timesOf, valuesAt } from './aligned.ts';

/** Number of hosts that have a line each. Of more, the charts show the least, the mean and the greatest. */
const LINES_MAX = 8;

/** A figure of load hosts. */
interface HostFigure extends Pick<Chart, 'id' | 'title' | 'caption' | 'unit'> {
  readonly read: (sample: HostWindow) => number | null;
}

const FIGURES: readonly HostFigure[] = [
  {
    id: 'host-running',
    title: 'Load hosts: runs in progress',
    caption:
      'Agent runs of the test at a time. A number that keeps growing means that runs end more slowly than they arrive.',
    unit: 'runs',
    read: ({ running }) => running,
  },
  {
    id: 'host-cpu',
    title: 'Load hosts: CPU',
    caption: 'Share of the processors’ time that was used, by everything on the host.',
    unit: '%',
    read: ({ cpu }) => cpu * 100,
  },
  {
    id: 'host-pressure',
    title: 'Load hosts: CPU pressure',
    caption:
      'Share of the time in which a task waited for a processor. A load host under pressure measures itself, and not the server.',
    unit: '%',
    read: ({ pressure }) => pressure && pressure.cpu * 100,
  },
  {
    id: 'host-memory-pressure',
    title: 'Load hosts: memory pressure',
    caption: 'Share of the time in which a task waited for memory.',
    unit: '%',
    read: ({ pressure }) => pressure && pressure.memory * 100,
  },
  {
    id: 'host-memory',
    title: 'Load hosts: available memory',
    caption: 'The least of each window.',
    unit: 'MiB',
    read: ({ memoryAvailable }) => memoryAvailable / MEBIBYTE,
  },
  {
    id: 'host-network',
    title: 'Load hosts: network',
    caption: 'TCP segments that were sent again, and errors of network interfaces, in each window.',
    unit: '',
    read: ({ retransmits, networkErrors }) => retransmits + networkErrors,
  },
];

/** The load hosts, on the same time axis as the server. */
export function hostCharts({ hosts }: Result): Chart[] {
  const xs = timesOf(hosts.map(({ samples }) => samples));
  if (xs.length === 0) return [];
  return FIGURES.map(({ read, ...chart }) => {
    const lines = hosts.map(({ name, samples }) => ({ name, values: valuesAt(xs, samples, read) }));
    return {
      ...chart,
      x: 'time' as const,
      kind: 'lines' as const,
      xs: xs.map((at) => at / 1000),
      series: lines.length > LINES_MAX ? spread(lines) : lines,
    };
  }).filter(({ series }) => series.some(({ values }) => values.some((value) => value !== null)));
}

function spread(lines: readonly Series[]): Series[] {
  const columns = (lines[0]?.values ?? []).map((_, index) =>
    lines.map(({ values }) => values[index] ?? null).filter((value) => value !== null),
  );
  const line = (name: string, of: (values: number[]) => number): Series => ({
    name,
    values: columns.map((values) => (values.length === 0 ? null : of(values))),
  });
  return [
    line('greatest', (values) => Math.max(...values)),
    line('mean', (values) => values.reduce((sum, value) => sum + value, 0) / values.length),
    line('least', (values) => Math.min(...values)),
  ];
}
