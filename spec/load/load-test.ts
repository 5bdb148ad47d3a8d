import path from 'node:path';
import fs from 'fs-extra';
import { stringify } from 'yaml';
import type { Host } from '../../lab/host/host.ts';
import { REPO } from '../../lab/paths.ts';
import { waitUntil } from '../../lab/wait.ts';
import { NdjsonFile } from '../../load/analysis/ndjson.ts';
import { LOAD_FILES } from '../../model/load/files.ts';
import type { RunRecord } from '../../model/load/record.ts';
import type { Result } from '../../model/load/result.ts';
import type { TestPlan } from '../../model/load/roster.ts';
import { DEFAULT_MODULE, loadTestsOf, namesOf } from '../../model/names.ts';
import { type Parameters, runPlan } from './run-plan.ts';

/** Folder for profiles and results. */
export const RESULTS = path.join(REPO, 'build/load-tests');

/** Plans take this long from their start to the begin of a test, and longer on a busy machine. */
const BEGIN_TIMEOUT_MS = 180_000;

/** A profile as people write it, without its name. */
export type ProfileText = Readonly<Record<string, unknown>>;

/** A load test that has ended. */
export interface Ended {
  readonly result: Result;
  /** Of Bolt. */
  readonly exitCode: number;
  readonly output: string;
}

/** A load test by the plan, from its start on. */
export class LoadTest {
  readonly id: string;
  /** Resolves when the plan ends, however that is. Rejects if there is no result. */
  readonly ended: Promise<Ended>;

  /** With `result.json` and `report.html`. */
  readonly folder: string;

  private isOver = false;

  /** @param more - other parameters of the plan */
  constructor(
    readonly hosts: readonly Host[],
    name: string,
    profile: ProfileText,
    private readonly more: Parameters = {},
  ) {
    this.id = `${name}-${Date.now().toString(36)}`;
    this.folder = path.join(RESULTS, this.id);
    this.ended = this.run(name, profile);
    // A failure is for whoever awaits the end, which may be later.
    this.ended
      .catch(() => {})
      .finally(() => {
        this.isOver = true;
      });
  }

  private async run(name: string, profile: ProfileText): Promise<Ended> {
    const file = path.join(RESULTS, `${this.id}.yaml`);
    await fs.outputFile(file, stringify({ name, ...profile }));
    const { exitCode, output } = await runPlan(this.hosts, 'load_test', {
      profile: file,
      id: this.id,
      folder: this.folder,
      ...this.more,
    });
    const json = path.join(this.folder, 'result.json');
    if (!(await fs.pathExists(json))) throw new Error(`${this.id} has no result: ${output}`);
    return { result: await fs.readJson(json), exitCode, output };
  }

  /** The test's plan on a host. Waits until it is there. Rejects if the plan ends without. */
  async plan(host: Host): Promise<TestPlan> {
    const file = this.file(host, LOAD_FILES.plan);
    await waitUntil(async () => this.isOver || (await fs.pathExists(file)), {
      timeoutMs: BEGIN_TIMEOUT_MS,
      intervalMs: 200,
      timeoutError: () => new Error(`${this.id} did not start on ${host.target}`),
    });
    // If it failed before the test began, with its error.
    if (this.isOver) await this.ended;
    return fs.readJson(file);
  }

  /** The records of a host, so far or of all. */
  async records(host: Host): Promise<RunRecord[]> {
    const records: RunRecord[] = [];
    for await (const record of new NdjsonFile<RunRecord>(this.file(host, LOAD_FILES.records)))
      records.push(record);
    return records.sort((a, b) => a.due - b.due);
  }

  /** From the begin of the test to the end of its last run on any host, in ms. Agents run by themselves afterwards. */
  async period(): Promise<{ from: number; to: number }> {
    const [host] = this.hosts;
    if (!host) throw new Error(`${this.id} has no host`);
    const records = (await Promise.all(this.hosts.map((each) => this.records(each)))).flat();
    const { begin } = await this.plan(host);
    return { from: begin, to: Math.max(begin, ...records.map(({ ended }) => ended ?? 0)) };
  }

  private file(host: Host, name: string): string {
    return host.file(path.join(loadTestsOf(namesOf(DEFAULT_MODULE)), this.id, name));
  }
}

/** Runs a load test to its end. */
export async function loadTest(
  hosts: readonly Host[],
  name: string,
  profile: ProfileText,
): Promise<LoadTest> {
  const test = new LoadTest(hosts, name, profile);
  await test.ended;
  return test;
}

/** A profile of one phase. Its objective is that anything may happen: these tests are about what is told of it. */
export function steady(runsPerMinute: number, length: string, more: ProfileText = {}): ProfileText {
  return {
    phases: [{ kind: 'steady', runs_per_minute: runsPerMinute, for: length }],
    slo: ['failed_percent <= 100%'],
    ...more,
  };
}
