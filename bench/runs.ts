import { readFile } from 'node:fs/promises';
import os from 'node:os';
import type { Host } from '../lab/host.ts';
import { serverCpu } from './readings.ts';
import { reported } from './server-record.ts';
import type { Note } from './session.ts';
import type { Side } from './side.ts';

/** Seconds for which runs go on, one after the other, from twice as many workers as there are processors. */
const SUSTAIN_SECONDS = 90;

/** Runs a script of this folder on the host, and reads the number that it prints. */
async function measure(host: Host, script: string, words: readonly string[]): Promise<number> {
  const input = await read(script);
  const quoted = words.map((word) => `'${word}'`).join(' ');
  const { stdout } = await host.ssh([`sh -s -- ${quoted}`], { input, stdin: 'pipe' });
  const value = Number(stdout);
  if (!stdout || Number.isNaN(value)) throw new Error(`${script} printed no number: ${stdout}`);
  return value;
}

function read(script: string): Promise<string> {
  return readFile(new URL(script, import.meta.url), 'utf8');
}

/** Seconds of CPU that a command for each clone takes in it, the mean of all. */
function meanCost(
  host: Host,
  side: Side,
  clones: number,
  commandFor: (clone: string) => string,
): Promise<number> {
  const words = side.names(clones).flatMap((clone) => [side.unit(clone), commandFor(clone)]);
  return measure(host, 'run-cost.sh', words);
}

/**
 * What a run of an agent takes, and how many go through in a minute.
 *
 * The CPU is that of the clone's control group, so what the clone's own systemd does for the run counts.
 */
export async function measureRuns(host: Host, side: Side, clones: number, note: Note): Promise<void> {
  const commands = side.names(clones).map((clone) => side.runAgent(clone));
  // The first run of a clone has a key and a certificate to make, most of which it waits for.
  await measure(host, 'sustain.sh', [String(clones), '0', ...commands]);
  note('run_cpu', side, clones, await meanCost(host, side, clones, (clone) => side.runAgent(clone)));

  const before = await serverCpu();
  const workers = Math.min(clones, 2 * os.cpus().length);
  const runs = await measure(host, 'sustain.sh', [String(workers), String(SUSTAIN_SECONDS), ...commands]);
  note('runs_per_minute', side, clones, (60 * runs) / SUSTAIN_SECONDS);
  note('server_cpu', side, clones, ((await serverCpu()) - before) / runs);
}

/** What a run takes that an agent which stays in memory forks for. */
export async function measureResidentRun(host: Host, side: Side, clones: number, note: Note): Promise<void> {
  // Fleets that are not weighed have not waited for their agents.
  await reported(host, side.names(clones));
  // The host has the same agent as its clones.
  const { stdout: summary } = await host.ssh(['puppet config print lastrunfile --section agent']);
  const script = await read('resident-run.sh');
  const cost = await meanCost(host, side, clones, (clone) => `set -- ${clone} ${summary}\n${script}`);
  note('resident_run_cpu', side, clones, cost);
}
