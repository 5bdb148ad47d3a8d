import type { Host } from '../lab/host.ts';
import type { Figure } from './figures.ts';
import { idle, pagesMerged, pssOf, running, usedMemory } from './readings.ts';
import { reported } from './server-record.ts';
import type { Side } from './side.ts';

/** Of a figure of a few seconds whose tenth counts: the median of three still varies by a fifth. */
const REPEATS = 7;

/** Where a value goes. */
export type Note = (figure: Figure, side: Side, clones: number, value: number) => void;

/** What a session is to do beside applying the class. */
export interface Extent {
  /** Whether to boot the fleet; without, only applies are measured. */
  readonly boot: boolean;
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
  const { boot, weigh, whileUp, progress } = extent;
  progress('applying');
  const first = await side.apply(clones);
  note('first_apply', side, clones, first.seconds);
  const unchanged: number[] = [];
  for (let i = 0; i < REPEATS; i++) {
    const { seconds, changed } = await side.apply(clones);
    if (changed)
      throw new Error(`${side.name}: applying the same again for ${clones} clones changed something`);
    unchanged.push(seconds);
  }
  note('unchanged_apply', side, clones, median(unchanged));
  if (!boot) return;

  progress('waiting for the machine to come to rest');
  await idle();
  const before = await usedMemory();
  progress('starting');
  note('start', side, clones, await side.start(clones));
  const prefix = side.unit('').replace(/[.]service$/, '');
  const up = await running(host, prefix);
  note('running', side, clones, up);

  // What idles with a quarter of its clones missing says nothing of a fleet.
  if (up === clones && weigh) {
    progress('waiting for the fleet to come to rest');
    if (side.name !== 'timer') await reported(host, side.names(clones));
    await idle();
    if (side.name === 'service, shared memory') await pagesMerged();
    note('memory_pss', side, clones, (await pssOf(prefix)) / clones);
    note('memory_host', side, clones, ((await usedMemory()) - before) / clones);
  }
  const asked: number[] = [];
  for (let i = 0; i < 3; i++) asked.push(await side.status());
  note('status', side, clones, median(asked));
  note('running_apply', side, clones, (await side.apply(clones)).seconds);
  if (up === clones && whileUp) {
    progress('running agents');
    await whileUp();
  }

  progress('stopping');
  note('stop', side, clones, await side.stop(clones));
  const left = await running(host, prefix);
  if (left > 0) throw new Error(`${side.name}: ${left} of ${clones} clones still run after the stop`);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}
