import { parseSummary, type Tree, treeOf } from './summary.ts';
import { isoSeconds } from './time.ts';

/** What a clone's agent says of its last run. */
export interface LastRun {
  /** When it ended, as ISO 8601. */
  readonly time: string;
  readonly outcome: 'unchanged' | 'changed' | 'failed';
  /** How long it took. */
  readonly seconds: number | null;
  /** Resources that it changed, and that it could not; null where it got no catalog. */
  readonly changed: number | null;
  readonly failed: number | null;
  readonly catalog_version: string | null;
  readonly agent_version: string | null;
}

/**
 * Reads a `last_run_summary.yaml`.
 *
 * The agent moves a finished file into place, so what does not parse was written by something else.
 *
 * @returns undefined, where it is no summary
 */
export function parseLastRun(text: string): LastRun | undefined {
  let summary: Tree;
  try {
    summary = parseSummary(text);
  } catch {
    return undefined;
  }
  const part = (key: string) => treeOf(summary[key]);
  const [version, resources, time] = [part('version'), part('resources'), part('time')];
  const ended = isoSeconds((numberIn(time, 'last_run') ?? Number.NaN) * 1000);
  if (ended === null) return undefined;

  const catalog = textIn(version, 'config');
  return {
    time: ended,
    outcome: outcomeOf(catalog, resources, part('changes')),
    seconds: numberIn(time, 'total'),
    changed: numberIn(resources, 'changed'),
    failed: numberIn(resources, 'failed'),
    catalog_version: catalog,
    agent_version: textIn(version, 'puppet'),
  };
}

/** As the agent decides it in its report, which is too large to read for each clone. */
function outcomeOf(catalog: string | null, resources: Tree, changes: Tree): LastRun['outcome'] {
  // Without a catalog, or with one that could not be applied at all (a dependency cycle), nothing was looked at.
  if (catalog === null || !numberIn(resources, 'total')) return 'failed';
  if (numberIn(resources, 'failed') || numberIn(resources, 'failed_to_restart')) return 'failed';
  return numberIn(changes, 'total') ? 'changed' : 'unchanged';
}

function numberIn(tree: Tree, key: string): number | null {
  const value = tree[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function textIn(tree: Tree, key: string): string | null {
  const value = tree[key];
  return (typeof value === 'string' && value !== '') || typeof value === 'number' ? String(value) : null;
}
