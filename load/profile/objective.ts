import { METRICS, type Metric, type Objective } from '../../model/load/profile.ts';
import { DURATION, milliseconds } from './duration.ts';
import { isMistake, type Mistake, unknownName } from './mistake.ts';

type Figure = Objective['figure'];

const COUNTS = ['failed', 'dropped'];
const PERCENTAGES = ['failed_percent', 'dropped_percent'];
const LATENCIES = ['mean', 'max'];
/** Comparisons as people write them. */
const COMPARISONS: Readonly<Record<string, Objective['comparison']>> = {
  '<': '<',
  '<=': '<=',
  '=': '=',
  '==': '=',
};

/** Figure, arguments in parentheses, comparison, limit. */
const OBJECTIVE = /^\s*([A-Za-z][\w.]*)\s*(?:\(([^()]*)\))?\s*([<>=!]+)\s*(\S+)\s*$/;

/**
 * Reads a condition such as `p95(config_retrieval, group=debian-13) <= 10s`.
 *
 * @param bases - Base images whose clones take part; null for all
 */
export function readObjective(text: string, bases: readonly string[] | null): Objective | Mistake {
  const [, name, inParentheses = '', sign = '', limitText = ''] = OBJECTIVE.exec(text) ?? [];
  if (name === undefined) {
    return mistake('is not a condition such as "failed = 0" or "p95(total) <= 30s"');
  }
  const figure = readFigure(name);
  if (isMistake(figure)) return figure;
  const comparison = COMPARISONS[sign];
  if (comparison === undefined) return unknownName('comparison', sign, Object.keys(COMPARISONS));
  const subject = readSubject(inParentheses, isLatency(figure.figure), bases);
  if (isMistake(subject)) return subject;
  const limit = readLimit(figure.figure, limitText);
  if (typeof limit !== 'number') return limit;
  return {
    text: text.trim(),
    ...figure,
    ...subject,
    comparison: comparison as Objective['comparison'],
    limit,
  };
}

function readFigure(name: string): Pick<Objective, 'figure' | 'percentile'> | Mistake {
  const figures = [...COUNTS, ...PERCENTAGES, ...LATENCIES];
  if (figures.includes(name)) return { figure: name as Figure, percentile: null };
  const percentile = Number(/^p(\d{1,3}(?:\.\d{1,4})?)$/.exec(name)?.[1]);
  if (percentile >= 0 && percentile <= 100) return { figure: 'percentile', percentile };
  if (percentile > 100) return mistake(`has the percentile ${percentile}; percentiles are from 0 to 100`);
  return unknownName('figure', name, [...figures, 'p50', 'p90', 'p95', 'p99']);
}

/** Reads what the figure is of: `total, group=debian-13`. */
function readSubject(
  text: string,
  isOfLatency: boolean,
  bases: readonly string[] | null,
): Pick<Objective, 'metric' | 'group'> | Mistake {
  let [metric, group]: [Metric | null, string | null] = [null, null];
  for (const part of text.split(',').map((argument) => argument.trim())) {
    if (part === '') continue;
    const [, ofGroup] = /^group\s*=\s*(.*)$/.exec(part) ?? [];
    if (ofGroup !== undefined) {
      if (bases !== null && !bases.includes(ofGroup)) return unknownName('group', ofGroup, bases);
      group = ofGroup;
    } else if (!isOfLatency) {
      return mistake(`counts runs, so it cannot be of "${part}"; only "group=…" can be in parentheses`);
    } else if (METRICS.includes(part as Metric)) {
      metric = part as Metric;
    } else {
      return unknownName('part of a run', part, METRICS);
    }
  }
  return { metric: isOfLatency ? (metric ?? 'total') : null, group };
}

function readLimit(figure: Figure, text: string): number | Mistake {
  if (isLatency(figure)) {
    if (new RegExp(DURATION.pattern).test(text)) return milliseconds(text) / 1000;
    return mistake(`has the limit "${text}", which is not ${DURATION.description}`);
  }
  const isPercentage = PERCENTAGES.includes(figure);
  const number = Number((isPercentage ? /^(\d{1,3}(?:\.\d+)?)%?$/ : /^(\d{1,9})$/).exec(text)?.[1]);
  if (isPercentage && number <= 100) return number;
  if (!isPercentage && number >= 0) return number;
  return mistake(
    `has the limit "${text}", which is not ${isPercentage ? 'a percentage such as 1%' : 'a number of runs'}`,
  );
}

function isLatency(figure: Figure): boolean {
  return figure === 'percentile' || LATENCIES.includes(figure);
}

function mistake(message: string): Mistake {
  return { path: [], message };
}
