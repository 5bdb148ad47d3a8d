import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Profile } from '../../model/load/profile.ts';
import type { RunRecord } from '../../model/load/record.ts';
import type { Reduced } from '../../model/load/reduced.ts';
import type { Arrival, Roster, TestPlan } from '../../model/load/roster.ts';
import type { HostSample, ServerSample } from '../../model/load/sample.ts';
import { NdjsonFile } from '../analysis/ndjson.ts';
import { type Recorded, reduce } from '../analysis/reduce.ts';
import { arrivalsOf } from '../schedule/arrivals.ts';
import { BEGIN, planOf } from './plan.ts';

/** Versions and machine of a load host. */
export const ABOUT: Reduced['about'] = {
  os: 'Debian GNU/Linux 13 (trixie)',
  kernel: '6.12.0',
  systemd: '257',
  processors: 2,
  memory: 4e9,
  agents: { 'debian-13': '8.10.0' },
};

/** The plan of a test for one of its hosts. */
export function hostPlan(profile: Profile, roster: Roster, host = 0): TestPlan {
  const clones = roster.hosts[host]?.groups.reduce((sum, group) => sum + group.clones, 0) ?? 0;
  return planOf({
    profile,
    roster,
    host,
    clones: Array.from({ length: clones }, (_, index) => `clone${index + 1}`),
    clock: { offset: 0, uncertainty: 1 },
    samplesServer: host === 0,
  });
}

/** A run that started on time and ended well after 2 s. */
export function recordOf({ number, at, phase, clone }: Arrival, more: Partial<RunRecord> = {}): RunRecord {
  const due = BEGIN + at;
  return {
    number,
    clone: `clone${clone + 1}`,
    group: 'debian-13',
    phase,
    due,
    started: due,
    ended: due + 2000,
    outcome: 'ok',
    seconds: { config_retrieval: 0.5 },
    ...more,
  };
}

/** A sample of an idle load host. */
export function hostSampleOf(at: number, more: Partial<HostSample> = {}): HostSample {
  return {
    kind: 'host',
    at: BEGIN + at,
    pressure: { cpu: 0.05, memory: 0, io: 0 },
    cpu: 0.2,
    processors: 2,
    memoryAvailable: 3e9,
    memoryTotal: 4e9,
    runnable: 1,
    running: 1,
    retransmits: 0,
    networkErrors: 0,
    driverCpu: at / 100_000,
    ...more,
  };
}

/** A sample of an idle server. */
export function serverSampleOf(at: number, more: Partial<ServerSample> = {}): ServerSample {
  return {
    kind: 'server',
    at: BEGIN + at,
    took: 20,
    version: '8.7.0',
    uptime: 1000 + at / 1000,
    jrubies: {
      total: 4,
      free: 4,
      requested: 0,
      meanBorrow: 200,
      meanWait: 0,
      borrowed: 0,
      borrowTimeouts: 0,
      queueLimitHits: 0,
    },
    heap: { used: 3e8, committed: 1e9, max: 1e9 },
    cpu: 0.1,
    gcCpu: 0.01,
    ...more,
  };
}

/** Files of one host of a test, in a temporary folder. */
export class RecordedFiles {
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'load-'));

  /** What `reduce` takes. Each text is a line, without which the line of an object is its JSON. */
  recorded(
    plan: TestPlan,
    records: readonly (RunRecord | string)[],
    samples: readonly (object | string)[] = [],
    more: Partial<Recorded> = {},
  ): Recorded {
    const duration = plan.profile.phases.reduce((sum, { length }) => sum + length, 0);
    return {
      plan,
      state: 'done',
      end: plan.begin + duration,
      about: ABOUT,
      records: new NdjsonFile(this.write('records.ndjson', records)),
      samples: new NdjsonFile(this.write('samples.ndjson', samples)),
      ...more,
    };
  }

  remove(): void {
    fs.rmSync(this.folder, { recursive: true });
  }

  private write(name: string, lines: readonly (object | string)[]): string {
    const file = path.join(this.folder, name);
    const texts = lines.map((line) => (typeof line === 'string' ? line : `${JSON.stringify(line)}\n`));
    fs.writeFileSync(file, texts.join(''));
    return file;
  }
}

/** Reduces a test in which each arrival on each host became a record that this function returns, or none. */
export async function reducedHosts(
  profile: Profile,
  roster: Roster,
  become: (arrival: Arrival) => RunRecord | null = (arrival) => recordOf(arrival),
): Promise<Reduced[]> {
  const files = new RecordedFiles();
  try {
    const reduced: Reduced[] = [];
    for (const [host] of roster.hosts.entries()) {
      const records = [...arrivalsOf(profile, roster, host)].flatMap((arrival) => become(arrival) ?? []);
      reduced.push(await reduce(files.recorded(hostPlan(profile, roster, host), records)));
    }
    return reduced;
  } finally {
    files.remove();
  }
}
