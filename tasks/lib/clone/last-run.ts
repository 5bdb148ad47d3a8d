import { parseSummary, type Section } from './run-summary.ts';
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
 * The agent moves a finished file into position, so what is no summary was written by something else.
 *
 * @returns undefined, where it is no summary
 */
export function parseLastRun(text: string): LastRun | undefined {
  const { version = {}, resources = {}, time = {}, changes = {} } = parseSummary(text);
  const ended = isoSeconds((numberIn(time, 'last_run') ?? Number.NaN) * 1000);
  if (ended === null) return undefined;

  const catalog = textIn(version, 'config');
  return {
    time: ended,
    outcome: outcomeOf(catalog, resources, changes),
    seconds: numberIn(time, 'total'),
    changed: numberIn(resources, 'changed'),
    failed: numberIn(resources, 'failed'),
    catalog_version: catalog,
    agent_version: textIn(version, 'puppet'),
  };
}

/** As the agent decides it in its report, which is too large to read for each clone. */
function outcomeOf(catalog: string | null, resources: Section, changes: Section): LastRun['outcome'] {
  // Without a catalog, or with one that could not be applied at all (a dependency cycle), nothing was looked at.
  if (catalog === null || !numberIn(resources, 'total')) return 'failed';
  if (numberIn(resources, 'failed') || numberIn(resources, 'failed_to_restart')) return 'failed';
  return numberIn(changes, 'total') ? 'changed' : 'unchanged';
}

function numberIn(section: Section, key: string): number | null {
  const value = section[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function textIn(section: Section, key: string): string | null {
  const value = section[key];
  return value === undefined || value === null || value === '' ? null : String(value);
}
