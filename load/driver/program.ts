import * as fs from 'node:fs';
import { LOAD_FILES } from '../../model/load/files.ts';
import type { Progress } from '../../model/load/progress.ts';
import type { TestPlan } from '../../model/load/roster.ts';
import { loadUnitOf } from '../../model/names.ts';
import { agentReader, sslFolderOf, summaryFileOf } from '../../tasks/lib/clone/agent.ts';
import { trustedCa } from '../../tasks/lib/clone/trusted-ca.ts';
import type { Host } from '../../tasks/lib/contract/host.ts';
import { arrivalsOf } from '../schedule/arrivals.ts';
import { basesOf } from './clone-bases.ts';
import { connectBySystemd } from './connection.ts';
import { Driver } from './driver.ts';
import { LineFile, replaceFile } from './output-files.ts';
import { secondsOf } from './progress.ts';
import { readProcFiles, sampleServer } from './sampler.ts';
import { type AgentPaths, CloneSessions } from './sessions.ts';

/** Port of Puppet servers. */
const PORT = 8140;

/**
 * The driver of a load test.
 *
 * @param folder - folder of the test
 */
export async function drive(host: Host, folder: string): Promise<void> {
  const plan: TestPlan = JSON.parse(fs.readFileSync(`${folder}/${LOAD_FILES.plan}`, 'utf8'));
  const { profile, roster } = plan;
  const records = new LineFile(`${folder}/${LOAD_FILES.records}`);
  const samples = new LineFile(`${folder}/${LOAD_FILES.samples}`);
  const connect = connectBySystemd(loadUnitOf(host.names), secondsOf(plan, host.now()));
  const endpoint = { host: plan.server, port: PORT, ca: anyTrustedCa(host, plan) };
  const driver = new Driver({
    plan,
    arrivals: { [Symbol.iterator]: () => arrivalsOf(profile, roster, plan.host) },
    clones: new CloneSessions(plan, pathsReader(host, plan), connect, host),
    sources: {
      files: readProcFiles,
      server: plan.samplesServer ? () => sampleServer(endpoint, host.now) : null,
    },
    output: {
      record: (record) => records.append(record),
      sample: (sample) => samples.append(sample),
      progress: (progress) => writeProgress(folder, progress),
    },
    clock: host,
  });
  process.on('SIGTERM', () => driver.stop());
  const state = await driver.run();
  // Timers of runs that have ended would keep the process alive.
  process.exit(state === 'failed' ? 1 : 0);
}

/**
 * Runs when the driver has ended, for whatever reason. A driver that was killed could not say so.
 *
 * @param result - how systemd saw it end, such as `signal`
 */
export function finish(host: Host, folder: string, result: string): void {
  const progress = lastProgress(folder);
  if (progress === undefined || ['done', 'stopped', 'failed'].includes(progress.state)) return;
  const error = `the driver ended before the test did: ${result}`;
  writeProgress(folder, { ...progress, state: 'failed', at: host.now(), running: 0, error });
}

function writeProgress(folder: string, progress: Progress): void {
  replaceFile(`${folder}/${LOAD_FILES.progress}`, JSON.stringify(progress));
}

function lastProgress(folder: string): Progress | undefined {
  try {
    return JSON.parse(fs.readFileSync(`${folder}/${LOAD_FILES.progress}`, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Creates a function that finds the agent's files in a clone, by the clone's number. */
function pathsReader(host: Host, plan: TestPlan): (clone: number) => AgentPaths {
  const bases = basesOf(plan);
  const agentOf = agentReader(host);
  return (clone) => {
    const agent = agentOf(bases[clone] as string);
    return { summary: agent ? summaryFileOf(agent) : '', ssldir: sslFolderOf(agent ?? {}) ?? '' };
  };
}

/** The CA certificates of the first clone that has any. */
function anyTrustedCa(host: Host, plan: TestPlan): string | undefined {
  const bases = basesOf(plan);
  const agentOf = agentReader(host);
  for (const [i, name] of plan.clones.entries()) {
    const ca = trustedCa(host, { name, base: bases[i] as string }, agentOf);
    if (ca) return ca;
  }
  return undefined;
}
