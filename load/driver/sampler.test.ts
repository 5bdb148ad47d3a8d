import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Sample, ServerSample } from '../../model/load/sample.ts';
import { clock } from '../testing/clock.ts';
import { PROC_FILES, type ProcFiles } from './host-sample.ts';
import { Sampler, type Sources } from './sampler.ts';

const NO_FILES = Object.fromEntries(PROC_FILES.map((file) => [file, ''])) as ProcFiles;
describe('Sampler', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: 1_000_000 });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  const answer = (): ServerSample => ({ kind: 'server', at: Date.now(), took: 1 });

  async function samplesOf(sources: Partial<Sources>, seconds: number): Promise<Sample[]> {
    const samples: Sample[] = [];
    const all = { files: () => NO_FILES, servers: [async () => answer()], running: () => 3, ...sources };
    const sampler = new Sampler(all, clock, (sample) => samples.push(sample));
    sampler.start();
    await jest.advanceTimersByTimeAsync(seconds * 1000);
    sampler.stop();
    await jest.advanceTimersByTimeAsync(20_000);
    return samples;
  }
  const timesOf = (samples: Sample[], kind: Sample['kind']) =>
    samples.filter((sample) => sample.kind === kind).map(({ at }) => (at - 1_000_000) / 1000);

  test('samples host and server every five seconds', async () => {
    const samples = await samplesOf({}, 16);
    expect(timesOf(samples, 'host')).toEqual([5, 10, 15]);
    expect(timesOf(samples, 'server')).toEqual([0, 5, 10, 15]);
    expect(samples.find(({ kind }) => kind === 'host')).toMatchObject({ running: 3 });
  });

  test('asks the server again when it has answered', async () => {
    const server = async () => {
      const sample = answer();
      await clock.sleep(7000);
      return sample;
    };
    const samples = await samplesOf({ servers: [server] }, 31);
    expect(timesOf(samples, 'server')).toEqual([0, 10, 20]);
    expect(timesOf(samples, 'host')).toEqual([5, 10, 15, 20, 25, 30]);
  });

  test('does not ask the server if another host does', async () => {
    expect(timesOf(await samplesOf({ servers: [] }, 11), 'server')).toEqual([]);
  });
});
