import type { HostWindow } from '../../model/load/reduced.ts';
import type { PuppetdbSample, ServerSample } from '../../model/load/sample.ts';

const GIBIBYTE = 1024 ** 3;

/** What was sampled while the load was this share of what the server can take. */
export interface SampledLoad {
  /** Milliseconds since the test began. */
  readonly at: number;
  /** From 0 (idle) to 1 (saturated). */
  readonly load: number;
}

/** A server with four JRubies, whose heap fills and is collected every eight samples. */
export function serverSample({ at, load }: SampledLoad, index: number, begin: number): ServerSample {
  const count = 40 * index;
  return {
    kind: 'server',
    at: begin + at,
    took: 12,
    version: '8.7.0',
    uptime: 4000 + at / 1000,
    jrubies: {
      total: 4,
      free: Math.round(4 * (1 - load)),
      requested: load < 1 ? 0 : index % 7,
      meanBorrow: 310,
      meanWait: 2 + 400 * load ** 4,
      borrowed: 4 * count,
      borrowTimeouts: 0,
      queueLimitHits: 0,
    },
    routes: {
      total: { count: 4 * count, mean: 300 },
      'puppet-v3-catalog': { count, mean: 800 + 200 * load },
      'puppet-v3-file_metadatas': { count: 2 * count, mean: 40 },
      'puppet-v3-report': { count, mean: 15 },
    },
    requests: {
      'puppet-v3-catalog-/*/': { count, mean: 900 },
      'puppet-v3-report-/*/': { count, mean: 20 },
    },
    compiles: { count, mean: 700 },
    heap: { used: (0.6 + 0.15 * (index % 8)) * GIBIBYTE, committed: 2 * GIBIBYTE, max: 2 * GIBIBYTE },
    cpu: 0.2 + 0.7 * load,
    gcCpu: 0.02 + 0.03 * load,
  };
}

/** PuppetDB with a queue that grows under load. */
export function puppetdbSample({ at, load }: SampledLoad, begin: number): PuppetdbSample {
  return {
    kind: 'puppetdb',
    at: begin + at,
    queueDepth: Math.round(20 * load ** 3),
  };
}

/** A load host with 8 GiB. */
export function hostWindow({ at, load }: SampledLoad, index: number): HostWindow {
  return {
    at,
    cpu: 0.1 + 0.5 * load,
    pressure: { cpu: 0.15 * load, memory: 0, io: 0.02 },
    memoryAvailable: (6 - 2 * load) * GIBIBYTE,
    runnable: 1 + (index % 3),
    running: Math.round(6 * load),
    retransmits: 0,
    networkErrors: 0,
  };
}
