import type { Answer } from '../../../model/task.ts';
import type { LastRun } from '../clone/last-run.ts';
import type { State } from '../systemd/clone-state.ts';
import { listedClones } from './listed-clones.ts';

/** Results of agent runs, in the order of the summary. */
export const OUTCOMES = ['unchanged', 'changed', 'failed', 'skipped', 'timed_out'] as const;

/** One of {@link OUTCOMES}. */
export type Outcome = (typeof OUTCOMES)[number];

/** Result of the agent run in one clone. */
export interface RunResult {
  readonly name: string;
  readonly result: Outcome;
  readonly state: State;
  /** Why the run failed, was skipped or has not ended. */
  readonly message?: string;
  /** The run, as the agent recorded it; null if it recorded none. */
  readonly last_run: LastRun | null;
}

/** Maximum number of clones in the summary. */
const SHOWN_MAX = 10;

/** Builds the answer of agent runs: number of clones by outcome, results of clones, and a summary as text. */
export function runReport(
  clones: readonly RunResult[],
  { noop, detail }: { readonly noop: boolean; readonly detail: boolean },
): Answer {
  const counts = OUTCOMES.map(
    (outcome) => [outcome, clones.filter(({ result }) => result === outcome).length] as const,
  );
  const needsAttention = ({ result }: RunResult) => result !== 'unchanged' && result !== 'changed';
  const notable = clones.filter(needsAttention);
  const lines = [
    `${clones.length} clones: ${counts.map(([outcome, count]) => `${count} ${outcome.replace('_', ' ')}`).join(', ')}`,
    ...notable
      .slice(0, SHOWN_MAX)
      .map(({ name, result, message }) => `${name}: ${result === 'skipped' ? 'skipped: ' : ''}${message}`),
  ];
  if (notable.length > SHOWN_MAX) lines.push(`and ${notable.length - SHOWN_MAX} more`);
  const which = 'those that failed, were skipped or timed out';
  const listing = listedClones(clones, needsAttention, which, detail);
  if (listing.note !== undefined) lines.push(listing.note);
  const totals = { clones: clones.length, ...Object.fromEntries(counts) };
  return { ...(noop ? { noop } : {}), totals, clones: listing.clones, _output: lines.join('\n') };
}
