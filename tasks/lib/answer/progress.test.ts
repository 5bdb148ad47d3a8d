import { describe, expect, test } from '@jest/globals';
import type { CloneStatus } from './clone-status.ts';
import { progressOf } from './progress.ts';

const NOW = Date.parse('2026-11-24T12:00:00Z');

const clone = (state: CloneStatus['state'], since: string | null = null): CloneStatus => ({
  name: 'clone1',
  state,
  since,
  memory: null,
  base: 'debian-13',
  root: '/var/lib/machines/clone1',
  older_image: null,
  enabled: true,
  last_run: null,
});

const starting = (count: number) => Array.from({ length: count }, () => clone('starting'));
const running = (count: number, since: string) =>
  Array.from({ length: count }, () => clone('running', since));

describe('progressOf', () => {
  test('returns nothing if no clone is starting', () => {
    expect(progressOf([clone('running', '2026-11-24T11:59:59Z'), clone('stopped')], NOW)).toBeUndefined();
  });

  test('uses the starts of the last minute', () => {
    const clones = [
      ...running(500, '2026-11-24T11:00:00Z'),
      ...running(30, '2026-11-24T11:59:40Z'),
      ...running(50, '2026-11-24T11:59:55Z'),
      ...starting(100),
    ];
    expect(progressOf(clones, NOW)).toEqual({ to_go: 100, per_second: 4, seconds_left: 25 });
  });

  test('returns no rate if no clone started in the last minute', () => {
    const clones = [...running(3, '2026-11-24T11:00:00Z'), ...starting(2)];
    expect(progressOf(clones, NOW)).toEqual({ to_go: 2, per_second: null, seconds_left: null });
  });

  test('assumes a duration of at least one second', () => {
    expect(progressOf([...running(2, '2026-11-24T12:00:00Z'), ...starting(4)], NOW)).toEqual({
      to_go: 4,
      per_second: 2,
      seconds_left: 2,
    });
  });
});
