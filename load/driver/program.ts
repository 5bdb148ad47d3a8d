import * as fs from 'node:fs';
import { LOAD_FILES } from '../../model/load/files.ts';
import type { Progress } from '../../model/load/progress.ts';
import { basesOf, type TestPlan } from '../../model/load/roster.ts';
import { loadUnitOf, overlayOf } from '../../model/names.ts';
import { agentReader, sslFolderOf, summaryFileOf } from '../../tasks/lib/clone/agent.ts';
import { readBelow } from '../../tasks/lib/clone/read-below.ts';
import { trustedCa } from '../../tasks/lib/clone/trusted-ca.ts';
import type { Host } from '../../tasks/lib/contract/host.ts';
import { arrivalsOf } from '../schedule/arrivals.ts';
import { askServer, puppetdbAsker } from './ask-servers.ts';
import { connectBySystemd } from './connection.ts';
import { Driver } from './driver.ts';
import { LineFile, replaceFile } from './output-files.ts';
import { hasEnded, secondsOf } from './progress.ts';
import { readProcFiles, type Sources } from './sampler.ts';
import { type AgentPaths, CloneSessions } from './sessions.ts';
import { readProgress } from './test-folders.ts';

/** Ports of Puppet servers and of PuppetDB. */
const SERVER_PORT = 8140;
const PUPPETDB_PORT = 8081;

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
  const driver = new Driver({
    plan,
    arrivals: { [Symbol.iterator]: () => arrivalsOf(profile, roster, plan.host) },
    clones: new CloneSessions(plan, pathsReader(host, plan), connect, host),
    sources: {
      files: readProcFiles,
      servers: plan.samplesServer ? serversOf(host, plan) : [],
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
  const progress = readProgress(folder);
  if (progress === undefined || hasEnded(progress.state)) return;
  const error = `the driver ended before the test did: ${result}`;
  writeProgress(folder, { ...progress, state: 'failed', at: host.now(), running: 0, error });
}

function writeProgress(folder: string, progress: Progress): void {
  replaceFile(`${folder}/${LOAD_FILES.progress}`, JSON.stringify(progress));
}

/** Creates a function that finds the agent's files in a clone, by the clone's number. */
function pathsReader(host: Host, plan: TestPlan): (clone: number) => AgentPaths {
  const bases = basesOf(plan.roster.hosts[plan.host]);
  const agentOf = agentReader(host);
  return (clone) => {
    const agent = agentOf(bases[clone] as string);
    return { summary: agent ? summaryFileOf(agent) : '', ssldir: sslFolderOf(agent ?? {}) ?? '' };
  };
}

/** Asks the Puppet server, and a PuppetDB on the same host, which wants a certificate. */
function serversOf(host: Host, plan: TestPlan): Sources['servers'] {
  const [first] = credentialsOf(host, plan);
  const server = { host: plan.server, port: SERVER_PORT, ca: first?.ca };
  const puppetdb = { host: plan.server, port: PUPPETDB_PORT, ...first };
  return [() => askServer(server, host.now), puppetdbAsker(puppetdb, host.now)];
}

/** CA certificates, certificate and key of clones that have them. */
function* credentialsOf(host: Host, plan: TestPlan): Generator<{ ca: string; cert: string; key: string }> {
  const bases = basesOf(plan.roster.hosts[plan.host]);
  const agentOf = agentReader(host);
  const name = plan.roster.hosts[plan.host]?.name;
  for (const [i, clone] of plan.clones.entries()) {
    const base = bases[i] as string;
    const folder = sslFolderOf(agentOf(base) ?? {});
    const own = (kind: string) =>
      readBelow(host.root + overlayOf(host.names, clone), `${folder}/${kind}/${clone}.${name}.pem`);
    const ca = trustedCa(host, { name: clone, base }, agentOf);
    const [cert, key] = [own('certs'), own('private_keys')];
    if (folder && ca && cert && key) yield { ca, cert, key };
  }
}
