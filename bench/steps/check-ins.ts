import type { Step } from '../../lab/steps/run-steps.ts';
import { measureCheckIns } from '../measure/check-ins.ts';
import { intervalFor } from '../measure/run-interval.ts';
import type { Options } from '../options.ts';
import type { Bench } from './bench.ts';

/** Counts how many agents of a fleet check in within each interval. */
export function checkInSteps(bench: Bench, options: Options): Step[] {
  const { clones, checkIn = clones, interval = intervalFor(checkIn), intervals } = options;
  if (checkIn === 0) return [];
  return [
    bench.step(
      `Check-ins of ${checkIn} by timer within ${interval} s`,
      bench.module('timer', { run_interval: interval }),
      (side, progress) =>
        measureCheckIns(bench.host, side, { clones: checkIn, interval, intervals }, bench.note, progress),
    ),
  ];
}
