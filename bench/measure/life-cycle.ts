import { runningClones } from '../../lab/clones.ts';
import type { Host } from '../../lab/host/host.ts';
import type { Note } from '../recorder.ts';
import type { Side } from '../side.ts';
import { applyUnchanged } from './applies.ts';
import { hostCpu, waitForIdle } from './cpu.ts';
import { cursorOf, linesSince, overlaySize } from './leavings.ts';
import { median } from './median.ts';
import { pssOf, usedMemory, waitForMergedPages } from './memory.ts';
import { waitForReports } from './reports.ts';

/** Number of measurements of which the median is noted. */
const REPEATS = 3;

/** What to measure besides start, status and stop. */
export interface LifeCycleOptions {
  /** Whether to measure the applies that set the fleet up. Default: true. */
  readonly applies?: boolean;
  /** Whether to measure the memory of idle clones. */
  readonly memory?: boolean;
  /** Further measurements while the whole fleet is running. */
  readonly whileUp?: () => Promise<void>;
  readonly progress: (line: string) => void;
}

/** Takes a fleet from the first apply to the last stop and notes what each step costs. */
export async function measureLifeCycle(
  host: Host,
  side: Side,
  clones: number,
  note: Note,
  { applies = true, memory, whileUp, progress }: LifeCycleOptions,
): Promise<void> {
  const unitPrefix = side.unit('').replace(/[.]service$/, '');

  progress('applying');
  const first = await side.apply(clones);
  if (applies) {
    note('first_apply', side, clones, first.seconds);
    note('unchanged_apply', side, clones, await medianOf(() => applyUnchanged(side, clones)));
  }

  note('first_status', side, clones, await side.status());

  progress('waiting until the machine is idle');
  await waitForIdle();
  const usedBefore = await usedMemory();
  progress('starting');
  const [cpu, journal] = [hostCpu(), await cursorOf(host)];
  note('start', side, clones, await side.start(clones));
  note('start_cpu', side, clones, (hostCpu() - cpu) / clones);
  note('journal_lines', side, clones, (await linesSince(host, journal)) / clones);
  note('overlay', side, clones, (await overlaySize(host)) / clones);
  const running = await runningClones(host, unitPrefix);
  note('running', side, clones, running.length);

  if (running.length > 0 && memory) {
    progress('waiting until the fleet is idle');
    await waitUntilSettled(host, side, running);
    note('memory_pss', side, clones, (await pssOf(unitPrefix)) / running.length);
    note('memory_host', side, clones, ((await usedMemory()) - usedBefore) / running.length);
  }
  note('status', side, clones, await medianOf(() => side.status()));
  note('running_apply', side, clones, (await side.apply(clones)).seconds);
  if (running.length === clones && whileUp) {
    progress('running agents');
    await whileUp();
  }

  progress('stopping');
  note('stop', side, clones, await side.stop(clones));
  const left = await runningClones(host, unitPrefix);
  if (left.length > 0)
    throw new Error(`${side.name}: ${left.length} of ${clones} clones are still running after the stop`);
}

/** Waits until the memory of a fleet no longer changes. */
async function waitUntilSettled(host: Host, side: Side, running: readonly string[]): Promise<void> {
  if (!side.name.startsWith('timer')) await waitForReports(host, running);
  await waitForIdle();
  if (side.name === 'service, shared memory') await waitForMergedPages();
}

async function medianOf(measure: () => Promise<number>): Promise<number> {
  const values: number[] = [];
  for (let i = 0; i < REPEATS; i++) values.push(await measure());
  return median(values);
}
