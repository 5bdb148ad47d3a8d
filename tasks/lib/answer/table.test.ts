import { describe, expect, test } from '@jest/globals';
import type { LastRun } from '../clone/last-run.ts';
import { type CloneStatus, totalsOf } from './clone-status.ts';
import { type Status, statusText } from './table.ts';

const LAST_RUN: LastRun = {
  time: '2026-11-24T11:58:20Z',
  outcome: 'unchanged',
  seconds: 1.94,
  changed: 0,
  failed: 0,
  catalog_version: '1',
  agent_version: '8.10.0',
};

function clone(number: number, differs: Partial<CloneStatus> = {}): CloneStatus {
  const name = `clone${number}`;
  return {
    name,
    state: 'running',
    since: '2026-11-24T11:00:00Z',
    memory: 70 * 1024 * 1024,
    base: 'debian-13',
    older_image: false,
    root: `/var/lib/machines/${name}`,
    enabled: true,
    last_run: LAST_RUN,
    ...differs,
  };
}

function linesFor(clones: readonly CloneStatus[], more: Partial<Status> = {}): string[] {
  const status = { clones, totals: totalsOf(clones), limits: [], detail: false, ...more };
  return statusText('host1', status).text.split('\n');
}

describe('statusText', () => {
  test('shows totals and a table of clones', () => {
    const stopped = clone(2, { state: 'stopped', since: null, memory: null, enabled: false, last_run: null });
    expect(linesFor([clone(1), stopped])).toEqual([
      'host1: 2 clones, 1 running, 0 starting, 0 stopping, 1 stopped, 0 failed; 1 enabled; memory 70.0 MiB; 1 checked in, of which 0 failed their last run',
      '',
      'CLONE   STATE    SINCE                 MEMORY    BASE       ENABLED  LAST RUN              OUTCOME    SECONDS  CHANGED  FAILED',
      'clone1  running  2026-11-24T11:00:00Z  70.0 MiB  debian-13  yes      2026-11-24T11:58:20Z  unchanged  1.9      0        0',
      'clone2  stopped  -                     -         debian-13  no       -                     -          -        -        -',
    ]);
  });

  test('shows only clones that need attention for a large fleet, with a note', () => {
    const clones = Array.from({ length: 201 }, (_, i) => clone(i + 1));
    clones[6] = clone(7, { state: 'failed' });
    clones[8] = clone(9, { last_run: { ...LAST_RUN, outcome: 'failed' } });
    const lines = linesFor(clones);
    expect(lines[1]).toMatch(/^2 of 201 clones are listed: .*detail=true/);
    expect(lines.slice(4).map((line) => line.split(' ')[0])).toEqual(['clone7', 'clone9']);
  });

  test('says which clones systemd has restarted, and lists them even if they run', () => {
    const clones = Array.from({ length: 201 }, (_, i) => clone(i + 1, i < 7 ? { restarts: i + 1 } : {}));
    const lines = linesFor(clones);
    expect(lines[1]).toBe(
      'Restarted by systemd after they died or rebooted: clone1 1x, clone2 2x, clone3 3x, clone4 4x, clone5 5x and 2 more; their journals say why',
    );
    expect(lines[2]).toMatch(/^7 of 201 clones are listed/);
  });

  test('names clones on an image that was replaced, with the remedy, without listing all of them', () => {
    const clones = Array.from({ length: 201 }, (_, i) => clone(i + 1, { older_image: i > 0 }));
    expect(linesFor(clones)[1]).toBe(
      '200 running clones use an image that was replaced after the start (clone2, clone3, clone4, and 197 more): restart them to use the current one',
    );
    expect(linesFor(clones)).toHaveLength(3);
  });

  test('omits an empty table', () => {
    expect(linesFor(Array.from({ length: 201 }, (_, i) => clone(i + 1)))).toHaveLength(2);
  });

  test('shows the progress of a start, and the limit that breaks first', () => {
    const lines = linesFor([clone(1, { state: 'starting' })], {
      progress: { to_go: 178, per_second: 4.1, seconds_left: 44 },
      limits: [
        { limit: 'kernel.pty.max', allowed: 4496, per_clone: 2, clones: 200, raised: true },
        { limit: 'memory_mib', allowed: 32_000, per_clone: 69, clones: 454, raised: false },
      ],
    });
    expect(lines.slice(1, 3)).toEqual([
      '178 clones to go; 4.1 per second, about 44 s left',
      'This host can hold 454 clones; beyond that, memory_mib (32000) breaks first. Its limits are now set for 200: kernel.pty.max (4496); the class raises them with num_clones',
    ]);
  });

  test('shows disk usage of clones and images, if known', () => {
    const lines = linesFor([clone(1, { disk: 3 * 1024 * 1024 }), clone(2, { disk: 512 * 1024 })], {
      images: [
        { name: 'debian-13', disk: 400 * 1024 * 1024 },
        { name: 'debian-13-replaced', disk: 0 },
      ],
    });
    expect(lines[0]).toContain('; memory 140.0 MiB; disk 3.5 MiB; 2 checked in');
    expect(lines[1]).toBe('Images: debian-13 400.0 MiB, debian-13-replaced 0.0 MiB');
    expect(lines.slice(3).map((line) => line.split(/ {2,}/).at(-1))).toEqual(['DISK', '3.0 MiB', '0.5 MiB']);
  });

  test('does not show unknown memory as 0', () => {
    expect(linesFor([clone(1, { memory: null })])[0]).toContain('memory not known');
    expect(linesFor([clone(1, { memory: null, state: 'stopped' })])[0]).toContain('memory 0.0 MiB');
  });
});
