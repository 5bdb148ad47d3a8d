import { plainText } from './plain-text.ts';
import { parseSummary, type Section } from './run-summary.ts';
import { isoSeconds } from './time.ts';

/** Last run of a clone's agent. */
export interface LastRun {
  /** End time in ISO 8601 format. */
  readonly time: string;
  readonly outcome: 'unchanged' | 'changed' | 'failed';
  /** Duration. */
  readonly seconds: number | null;
  /** Number of changed resources; null if the agent received no catalog. */
  readonly changed: number | null;
  /** Number of failed resources; null if the agent received no catalog. */
  readonly failed: number | null;
  readonly catalog_version: string | null;
  readonly agent_version: string | null;
}

/**
 * Parses a `last_run_summary.yaml`.
 *
 * Agents write this file atomically, so an incomplete summary was not written by an agent.
 *
 * @returns undefined if the text is not a summary
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

/** Same result as the status in the agent's report, which would take too long to read for each clone. */
function outcomeOf(catalog: string | null, resources: Section, changes: Section): LastRun['outcome'] {
  // The number of resources is 0 if the catalog could not be applied at all, as with a dependency cycle.
  if (catalog === null || !numberIn(resources, 'total')) return 'failed';
  if (numberIn(resources, 'failed') || numberIn(resources, 'failed_to_restart')) return 'failed';
  return numberIn(changes, 'total') ? 'changed' : 'unchanged';
}

function numberIn(section: Section, key: string): number | null {
  const value = section[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function textIn(section: Section, key: string): string | null {
  const text = plainText(String(section[key] ?? ''));
  return text === '' ? null : text;
}
