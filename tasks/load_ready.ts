import { runningTest } from '../load/driver/running-test.ts';
import type { ClockOffset } from '../load/driver/server-clock.ts';
import { measureOffset, serverTime } from '../load/driver/server-clock.ts';
import type { Answer, InputOf, TaskDefinition } from '../model/task.ts';
import { BASE } from './lib/answer/parameters.ts';
import type { Host } from './lib/contract/host.ts';
import type { TaskContext } from './lib/contract/task-module.ts';
import { readFleet } from './lib/fleet/read-fleet.ts';
import { selectBases, selectClones } from './lib/fleet/select-clones.ts';
import { stateOf } from './lib/systemd/clone-state.ts';
import { readUnits } from './lib/systemd/clone-units.ts';

export const definition = {
  name: 'load_ready',
  description:
    'List the clones of this host that can take part in a load test, and compare its clock with the server.',
  supportsNoop: true,
  private: true,
  parameters: { bases: BASE },
} as const satisfies TaskDefinition;

/** Tells what a load test needs to know of this host. Changes nothing. */
export async function run({ bases }: InputOf<typeof definition>, { host }: TaskContext): Promise<Answer> {
  const fleet = readFleet(host);
  const offset = offsetTo(host, fleet.server);
  const chosen = selectBases(fleet, { base: bases });
  const clones = await readUnits(host, selectClones(fleet, { base: chosen }));
  const running = clones.filter((clone) => stateOf(clone) === 'running');
  const groups = chosen.map((base) => ({
    base,
    clones: running.filter((clone) => clone.base === base).map(({ name }) => name),
  }));
  const test = await runningTest(host);
  const { offset: ahead, uncertainty } = (await offset) ?? { offset: null, uncertainty: null };
  return {
    name: fleet.host,
    server: fleet.server,
    groups,
    clock: { now: host.now(), offset: ahead, uncertainty },
    processors: host.processors,
    test,
  };
}

async function offsetTo(host: Host, server: string): Promise<ClockOffset | null> {
  const time = serverTime(server);
  try {
    return await measureOffset({ now: host.now, sleep: host.sleep, ask: time.ask });
  } finally {
    time.close();
  }
}
