import type { Step } from '../../lab/steps/run-steps.ts';
import { measureResidentRun, measureRuns } from '../measure/agent-runs.ts';
import { type LifeCycleOptions, measureLifeCycle } from '../measure/life-cycle.ts';
import type { Options } from '../options.ts';
import type { Side } from '../side.ts';
import type { ModuleSide } from '../sides/module-side.ts';
import type { Bench, MakeSide } from './bench.ts';
import { APPLIED_SIZES, LARGE, SMALL } from './sizes.ts';

/** Takes fleets of all sizes through their life cycles, by increasing size. */
export function fleetSteps(bench: Bench, { sizes, clones, weigh, against }: Options): Step[] {
  const all = new Set([...sizes, SMALL, clones, ...(clones > LARGE ? [LARGE] : [])]);
  return [...all]
    .sort((a, b) => a - b)
    .flatMap((size) => {
      const compared = sizes.includes(size);
      return [
        ...(compared ? [plainStep(bench, size, weigh)] : []),
        timerStep(bench, size),
        ...(against ? [timerStep(bench, size, 'timer, earlier')] : []),
        ...(size === SMALL ? [preloadedStep(bench, size)] : []),
        ...(compared && size <= weigh ? serviceSteps(bench, size, against !== undefined) : []),
      ];
    });
}

function plainStep(bench: Bench, size: number, weigh: number): Step {
  return lifeCycleStep(bench, size, `${size} by the plain design`, bench.plain(), (side) => ({
    memory: size <= weigh,
    whileUp: async () => {
      if (size !== SMALL) return;
      await measureResidentRun(bench.host, side, size, bench.note);
      await measureRuns(bench.host, side, size, bench.note);
    },
  }));
}

function timerStep(bench: Bench, size: number, name: 'timer' | 'timer, earlier' = 'timer'): Step {
  return lifeCycleStep(bench, size, `${size} by ${name}`, bench.module(name), (side) => ({
    applies: !APPLIED_SIZES.includes(size),
    memory: true,
    whileUp: async () => {
      if (size === SMALL) await measureRuns(bench.host, side, size, bench.note);
    },
  }));
}

/** Differs from timer mode in nothing but the runs. */
function preloadedStep(bench: Bench, size: number): Step {
  return lifeCycleStep(
    bench,
    size,
    `${size} by timer, preloaded`,
    bench.module('timer, preloaded'),
    (side) => ({
      applies: false,
      whileUp: () => measureRuns(bench.host, side, size, bench.note),
    }),
  );
}

function serviceSteps(bench: Bench, size: number, earlier: boolean): Step[] {
  const names: ModuleSide['name'][] = [
    'service',
    ...(earlier ? (['service, earlier'] as const) : []),
    ...(size === SMALL ? (['service, shared memory'] as const) : []),
  ];
  return names.map((name) =>
    lifeCycleStep(bench, size, `${size} by ${name}`, bench.module(name), (side) => ({
      memory: true,
      whileUp: async () => {
        if (size === SMALL) await measureResidentRun(bench.host, side, size, bench.note);
      },
    })),
  );
}

function lifeCycleStep(
  bench: Bench,
  size: number,
  title: string,
  makeSide: MakeSide,
  optionsFor: (side: Side) => Omit<LifeCycleOptions, 'progress'>,
): Step {
  return bench.step(title, makeSide, (side, progress) =>
    measureLifeCycle(bench.host, side, size, bench.note, { ...optionsFor(side), progress }),
  );
}
