import { runningClones } from '../lab/clones.ts';
import type { Host } from '../lab/host.ts';
import type { Figure } from './figures.ts';
import { idle, pagesMerged, pssOf, usedMemory } from './readings.ts';
import { reported } from './server-record.ts';
import type { Side } from './side.ts';

/** Rounds of applies in turn. */
const ROUNDS = 5;

/** Where a value goes. */
export type Note = (figure: Figure, side: Side, clones: number, value: number) => void;

/** What a session is to do beside booting the fleet. */
export interface Extent {
  /** Whether the applies are measured; without, the fleet is only set up. */
  readonly applies?: boolean;
  /** Whether to wait until the fleet has come to rest and weigh it. */
  readonly weigh?: boolean;
  /** Further measurements while the fleet is up and at rest. */
  readonly whileUp?: () => Promise<void>;
  readonly progress: (line: string) => void;
}

/** Takes a fleet of a side through its life, from the first apply to the last stop, and notes what each step takes. */
export async function session(
  host: Host,
  side: Side,
  clones: number,
  note: Note,
  extent: Extent,
): Promise<void> {
  const { applies = true, weigh, whileUp, progress } = extent;
  progress('applying');
  const first = await side.apply(clones);
  if (applies) {
    note('first_apply', side, clones, first.seconds);
    const unchanged: number[] = [];
    for (let i = 0; i < 3; i++) unchanged.push(await applyAgain(side, clones));
    note('unchanged_apply', side, clones, median(unchanged));
  }

  progress('waiting for the machine to come to rest');
  await idle();
  const before = await usedMemory();
  progress('starting');
  note('start', side, clones, await side.start(clones));
  const prefix = side.unit('').replace(/[.]service$/, '');
  const up = await runningClones(host, prefix);
  note('running', side, clones, up.length);

  if (up.length > 0 && weigh) {
    progress('waiting for the fleet to come to rest');
    if (side.name !== 'timer') await reported(host, up);
    await idle();
    if (side.name === 'service, shared memory') await pagesMerged();
    note('memory_pss', side, clones, (await pssOf(prefix)) / up.length);
    note('memory_host', side, clones, ((await usedMemory()) - before) / up.length);
  }
  const asked: number[] = [];
  for (let i = 0; i < 3; i++) asked.push(await side.status());
  note('status', side, clones, median(asked));
  note('running_apply', side, clones, (await side.apply(clones)).seconds);
  if (up.length === clones && whileUp) {
    progress('running agents');
    await whileUp();
  }

  progress('stopping');
  note('stop', side, clones, await side.stop(clones));
  const left = await runningClones(host, prefix);
  if (left.length > 0)
    throw new Error(`${side.name}: ${left.length} of ${clones} clones still run after the stop`);
}

/**
 * Applies fleets of several sizes in turn, each on a host without one, and notes the medians.
 *
 * A machine that others share is a quarter slower for minutes at a time, which is more than the sizes make: measured one
 * after the other, one of them would have all of that.
 */
export async function appliesInTurn(
  side: Side,
  sizes: readonly number[],
  note: Note,
  progress: (line: string) => void,
): Promise<void> {
  const seconds = sizes.map((clones) => ({ clones, first: [] as number[], unchanged: [] as number[] }));
  for (let round = 1; round <= ROUNDS; round++) {
    for (const { clones, first, unchanged } of seconds) {
      progress(`round ${round} of ${ROUNDS}: ${clones}`);
      first.push((await side.apply(clones)).seconds);
      unchanged.push(await applyAgain(side, clones));
      await side.remove();
    }
  }
  for (const { clones, first, unchanged } of seconds) {
    note('first_apply', side, clones, median(first));
    note('unchanged_apply', side, clones, median(unchanged));
  }
}

async function applyAgain(side: Side, clones: number): Promise<number> {
  const { seconds, changed } = await side.apply(clones);
  if (changed)
    throw new Error(`${side.name}: applying the same again for ${clones} clones changed something`);
  return seconds;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}
