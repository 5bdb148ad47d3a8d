import { describe, expect, test } from '@jest/globals';
import { type RawPhase, readPhase } from './phases.ts';

const MINUTE = 60_000;
const read = (phase: RawPhase, files: Record<string, string> = {}) =>
  readPhase(phase, 'a phase', new Map(Object.entries(files)));

describe('readPhase', () => {
  test.each<[RawPhase, object]>([
    [
      { kind: 'steady', runs_per_minute: 60, for: '10m', warm_up: '1m', cool_down: '30s' },
      {
        name: 'a phase',
        length: 10 * MINUTE,
        warmUp: MINUTE,
        coolDown: 30_000,
        streams: [{ kind: 'rate', at: 0, length: 10 * MINUTE, from: 60, to: 60 }],
      },
    ],
    [
      { kind: 'steady', name: 'mine', every: '30m', for: '1h' },
      {
        name: 'mine',
        streams: [{ kind: 'interval', at: 0, length: 60 * MINUTE, interval: 30 * MINUTE }],
      },
    ],
    [
      { kind: 'soak', for: '2d' },
      { streams: [{ kind: 'interval', at: 0, length: 2880 * MINUTE, interval: 30 * MINUTE }] },
    ],
    [
      { kind: 'soak', for: '1d', runs_per_minute: 9 },
      { streams: [{ kind: 'rate', at: 0, length: 1440 * MINUTE, from: 9, to: 9 }] },
    ],
    [
      { kind: 'ramp', from: 10, to: 100, over: '10m' },
      { length: 10 * MINUTE, streams: [{ kind: 'rate', at: 0, length: 10 * MINUTE, from: 10, to: 100 }] },
    ],
    [
      { kind: 'ramp', from: 10, to: 30, over: '3m', steps: 3 },
      {
        length: 3 * MINUTE,
        streams: [10, 20, 30].map((rate, i) => ({
          kind: 'rate',
          at: i * MINUTE,
          length: MINUTE,
          from: rate,
          to: rate,
        })),
      },
    ],
    [
      { kind: 'herd', within: '60s' },
      { length: MINUTE, streams: [{ kind: 'once', at: 0, length: MINUTE }] },
    ],
    [
      { kind: 'herd', within: '60s', for: '5m' },
      { length: 5 * MINUTE, streams: [{ kind: 'once', at: 0, length: MINUTE }] },
    ],
    [
      { kind: 'spike', runs_per_minute: 5, for: '10m', after: '2m', lasts: '1m', extra_runs_per_minute: 50 },
      {
        length: 10 * MINUTE,
        streams: [
          { kind: 'rate', at: 0, length: 10 * MINUTE, from: 5, to: 5 },
          { kind: 'rate', at: 2 * MINUTE, length: MINUTE, from: 50, to: 50 },
        ],
      },
    ],
    [
      { kind: 'spike', every: '30m', for: '10m', after: '2m', lasts: '1m' },
      { streams: [{ kind: 'interval' }, { kind: 'once', at: 2 * MINUTE, length: MINUTE }] },
    ],
    [
      { kind: 'replay', times: [9, 0.5], speed: 2 },
      { length: 4501, streams: [{ kind: 'times', at: 0, times: [250, 4500] }] },
    ],
    [
      { kind: 'replay', times: [0], for: '1m' },
      { length: MINUTE, streams: [{ kind: 'times', at: 0, times: [0] }] },
    ],
  ])('%j', (phase, want) => {
    expect(read(phase)).toMatchObject(want);
  });

  test('reads the file that a replay names', () => {
    expect(read({ kind: 'replay', file: 'runs.txt' }, { 'runs.txt': '1\n2\n' })).toMatchObject({
      streams: [{ kind: 'times', at: 0, times: [1000, 2000] }],
    });
  });

  test.each<[RawPhase, object]>([
    [{ kind: 'steady', for: '1m' }, { message: 'needs runs_per_minute or every' }],
    [{ kind: 'steady', for: '1m', every: '1m', runs_per_minute: 1 }, { path: ['every'] }],
    [
      { kind: 'steady', for: '1m', every: '100ms' },
      { path: ['every'], message: expect.stringContaining('at least 1s') },
    ],
    [
      { kind: 'herd', within: '0s' },
      { message: expect.stringContaining('lasts 0 s; a phase lasts at least 1 s') },
    ],
    [{ kind: 'soak', for: '367d' }, { message: expect.stringContaining('at most 366 days') }],
    [
      { kind: 'herd', within: '60s', for: '30s' },
      { path: ['for'], message: 'is shorter than within' },
    ],
    [{ kind: 'herd', within: '60s', warm_up: '30s', cool_down: '30s' }, { path: ['warm_up'] }],
    [{ kind: 'herd', within: '60s', cool_down: '60s' }, { path: ['cool_down'] }],
    [{ kind: 'spike', every: '1m', for: '2m', after: '90s', lasts: '60s' }, { path: ['lasts'] }],
    [{ kind: 'replay' }, { message: 'needs either file or times' }],
    [{ kind: 'replay', file: 'a', times: [1] }, { message: 'needs either file or times' }],
    [
      { kind: 'replay', file: 'a' },
      { path: ['file'], message: 'was not passed with the profile' },
    ],
  ])('refuses %j', (phase, want) => {
    expect(read(phase)).toMatchObject(want);
  });
});
