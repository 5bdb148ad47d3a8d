import type { ComparedFigure, ComparedSide, Comparison } from '../../model/load/comparison.ts';
import type { Result } from '../../model/load/result.ts';
import { randomOf } from '../schedule/random.ts';
import { differencesOf } from './bootstrap.ts';
import { judge } from './judge.ts';
import { MAIN, PARTS } from './questions.ts';
import { type Sample, sampleOf } from './sample.ts';
import { warningsOf } from './warnings.ts';

/** What to compare. */
export interface CompareOptions {
  /** Base image whose clones are looked at on each side. Default: all. */
  readonly beforeGroup?: string;
  readonly afterGroup?: string;
  /** Percentage by which a figure may be worse. Default: 10. */
  readonly maxRegression?: number;
}

const MAX_REGRESSION = 10;

/** Probability that all intervals of a comparison hold. A gate in a pipeline asks often, and has to be right each time. */
const CONFIDENCE = 0.99;

/** The same results always give the same answer. */
const SEED = 1;

/** Figures whose claims are made together. */
interface Family {
  readonly questions: typeof MAIN;
  readonly samples: readonly [Sample, Sample];
  /** Base image that its figures are about; null for what the whole comparison is about. */
  readonly group: string | null;
  readonly confidence: number;
}

/** Compares results of load tests: one or several on each side. */
export function compare(
  before: readonly Result[],
  after: readonly Result[],
  { beforeGroup, afterGroup, maxRegression = MAX_REGRESSION }: CompareOptions = {},
): Comparison {
  const samplesOf = (one: string | null, other: string | null) =>
    [sampleOf(before, one), sampleOf(after, other)] as const;
  const samples = samplesOf(beforeGroup ?? null, afterGroup ?? null);
  const groups = (beforeGroup ?? afterGroup) ? [] : commonGroups(before, after);
  const details: Omit<Family, 'confidence'>[] = [
    { questions: PARTS, samples, group: null },
    ...groups.map((group) => ({ questions: MAIN, samples: samplesOf(group, group), group })),
  ];
  // What may be wrong is for the main figures by half, so that many details do not make their intervals wide.
  const wrong = (1 - CONFIDENCE) / 2;
  const families: Family[] = [
    { questions: MAIN, samples, group: null, confidence: 1 - wrong },
    ...details.map((family) => ({ ...family, confidence: 1 - wrong / details.length })),
  ];
  const paired = isSame(before, after);
  const figures = families.flatMap((family, index) => figuresOf(family, index, paired, maxRegression));
  return {
    version: 1,
    before: sideOf(before, samples[0], beforeGroup),
    after: sideOf(after, samples[1], afterGroup),
    maxRegression,
    confidence: CONFIDENCE,
    passed: figures.every(({ verdict }) => verdict !== 'regressed'),
    figures,
    warnings: warningsOf(before, after, { beforeGroup, afterGroup }),
  };
}

function figuresOf(
  { questions, samples, group, confidence }: Family,
  index: number,
  paired: boolean,
  maxRegression: number,
): ComparedFigure[] {
  const random = randomOf(SEED, index);
  return differencesOf(...samples, questions, { random, paired, confidence })
    .map((difference, question) =>
      judge(questions[question] as (typeof MAIN)[number], group, difference, maxRegression),
    )
    .filter((figure) => figure.before !== null || figure.after !== null);
}

/** Base images of which both sides have clones, if there are several. */
function commonGroups(before: readonly Result[], after: readonly Result[]): string[] {
  const namesOf = (results: readonly Result[]) => [
    ...new Set(results.flatMap(({ groups }) => groups.map(({ name }) => name))),
  ];
  const [one, other] = [namesOf(before), namesOf(after)];
  return one.length > 1 || other.length > 1 ? one.filter((name) => other.includes(name)) : [];
}

/** Whether both sides are the same tests: then they share all disturbances. */
function isSame(before: readonly Result[], after: readonly Result[]): boolean {
  const testsOf = (results: readonly Result[]) =>
    results.map(({ id, begin, end }) => `${id} ${begin} ${end}`);
  return testsOf(before).join() === testsOf(after).join();
}

function sideOf(results: readonly Result[], sample: Sample, group: string | undefined): ComparedSide {
  const blocks = sample.flat();
  return {
    ids: results.map(({ id }) => id),
    group: group ?? null,
    windows: results.flatMap(({ windows }) => windows.filter(({ measured }) => measured)).length,
    arrivals: blocks.reduce((sum, { arrivals }) => sum + arrivals, 0),
  };
}
