import { readFile } from 'node:fs/promises';
import os from 'node:os';
import type { Host } from '../../lab/host/host.ts';
import { shellWord } from '../../load/driver/quote.ts';
import type { Note } from '../recorder.ts';
import type { Side } from '../side.ts';
import { serverCpu } from './cpu.ts';
import { waitForReports } from './reports.ts';

/** For how long agents run one after the other, on twice as many workers as there are processors. */
const SUSTAIN_SECONDS = 90;

/**
 * Measures the CPU time of an agent run, and how many runs per minute host and server sustain.
 *
 * CPU time is that of the clone's control group, so it includes what the clone's own systemd does for the run, and that of
 * what forks runs on the host.
 */
export async function measureRuns(host: Host, side: Side, clones: number, note: Note): Promise<void> {
  const commands = side.names(clones).map((clone) => side.runAgent(clone));
  // A clone's first run creates a key and requests a certificate, so each clone runs once before.
  await measure(host, 'sustain.sh', [String(clones), '0', ...commands]);
  note('run_cpu', side, clones, await meanCost(host, side, clones, (clone) => side.runAgent(clone)));

  const before = await serverCpu();
  const workers = Math.min(clones, 2 * os.cpus().length);
  const runs = await measure(host, 'sustain.sh', [String(workers), String(SUSTAIN_SECONDS), ...commands]);
  note('runs_per_minute', side, clones, (60 * runs) / SUSTAIN_SECONDS);
  note('server_cpu', side, clones, ((await serverCpu()) - before) / runs);
}

/** Measures the CPU time of a run that a resident agent forks. */
export async function measureResidentRun(host: Host, side: Side, clones: number, note: Note): Promise<void> {
  // If memory was not measured, nothing has waited for the agents yet.
  await waitForReports(host, side.names(clones));
  // The host has the same agent as its clones.
  const summary = await host.output('puppet config print lastrunfile --section agent');
  const script = await read('resident-run.sh');
  const cost = await meanCost(host, side, clones, (clone) => `set -- ${clone} ${summary}\n${script}`);
  note('resident_run_cpu', side, clones, cost);
}

/** Mean CPU time, in seconds, that a command costs in each clone. */
function meanCost(
  host: Host,
  side: Side,
  clones: number,
  commandFor: (clone: string) => string,
): Promise<number> {
  const helpers = side.helpers.map((unit) => ` system.slice/${unit}`).join('');
  const words = side
    .names(clones)
    .flatMap((clone) => [`machine.slice/${side.unit(clone)}${helpers}`, commandFor(clone)]);
  return measure(host, 'run-cost.sh', words);
}

/** Runs a script of this folder on the host. Returns the number that it prints. */
async function measure(host: Host, script: string, words: readonly string[]): Promise<number> {
  const input = await read(script);
  const quoted = words.map(shellWord).join(' ');
  const { stdout } = await host.ssh([`sh -s -- ${quoted}`], { input, stdin: 'pipe' });
  const value = Number(stdout);
  if (!stdout || Number.isNaN(value)) throw new Error(`${script} printed no number: ${stdout}`);
  return value;
}

function read(script: string): Promise<string> {
  return readFile(new URL(script, import.meta.url), 'utf8');
}
