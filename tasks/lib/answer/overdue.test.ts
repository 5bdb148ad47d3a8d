import { describe, expect, test } from '@jest/globals';
import { fleetOf } from '../../testing/host.ts';
import type { CloneStatus } from './clone-status.ts';
import { withOverdue } from './overdue.ts';

const NOW = Date.parse('2026-01-02T12:00:00Z');
const TIMER = { ...fleetOf({}), run_mode: 'timer', run_interval: 1800 } as const;

/** A time this many seconds ago. */
const ago = (seconds: number) => new Date(NOW - seconds * 1000).toISOString();

const clone = (since: number | null, run?: { ended: number; seconds: number }): CloneStatus => ({
  name: 'clone1',
  state: since === null ? 'stopped' : 'running',
  since: since === null ? null : ago(since),
  memory: null,
  base: 'debian-13',
  older_image: null,
  root: '/var/lib/machines/clone1',
  enabled: true,
  last_run: run
    ? {
        time: ago(run.ended),
        outcome: 'unchanged',
        seconds: run.seconds,
        changed: 0,
        failed: 0,
        catalog_version: '1',
        agent_version: '8.10.0',
      }
    : null,
});

describe('withOverdue', () => {
  test.each([
    ['a run within the interval', clone(86_400, { ended: 1800, seconds: 3 }), undefined],
    ['a run that may still be in progress', clone(86_400, { ended: 1860, seconds: 3 }), undefined],
    ['runs that take longer', clone(86_400, { ended: 1900, seconds: 200 }), undefined],
    ['no run for an hour', clone(86_400, { ended: 3600, seconds: 3 }), 1800],
    ['no run since the clone started', clone(7200), 5400],
    ['no run since then, only before', clone(7200, { ended: 9000, seconds: 3 }), 5400],
    ['no run, but a new start', clone(600, { ended: 9000, seconds: 3 }), undefined],
    ['a clone that is down', clone(null, { ended: 9000, seconds: 3 }), undefined],
  ])('%s', (_, status, overdue) => {
    expect(withOverdue([status], TIMER, NOW)).toEqual([
      overdue === undefined ? status : { ...status, overdue },
    ]);
  });

  test('does not know when agents that stay resident are due', () => {
    const status = clone(86_400);
    expect(withOverdue([status], fleetOf({}), NOW)).toEqual([status]);
  });
});
