import { agentFileOf } from '../model/names.ts';
import type { Answer, InputOf, TaskDefinition } from '../model/task.ts';
import { capacityOf } from './lib/answer/capacity.ts';
import { statusOf, totalsOf } from './lib/answer/clone-status.ts';
import { counted, LISTED_MAX } from './lib/answer/listed-clones.ts';
import { BASE, CLONES, DETAIL, DISK } from './lib/answer/parameters.ts';
import { progressOf } from './lib/answer/progress.ts';
import { firstFew } from './lib/answer/report.ts';
import { statusText } from './lib/answer/table.ts';
import { agentReader } from './lib/clone/agent.ts';
import { imagesOf, leftClones, overlayBytes } from './lib/clone/disk.ts';
import { olderImageReader } from './lib/clone/image.ts';
import { readLastRun } from './lib/clone/read-last-run.ts';
import { clonesOfAnotherCa } from './lib/clone/trusted-ca.ts';
import type { Host } from './lib/contract/host.ts';
import type { TaskContext } from './lib/contract/task-module.ts';
import { readFleet } from './lib/fleet/read-fleet.ts';
import { selectClones } from './lib/fleet/select-clones.ts';
import { type CloneWithUnits, readProperties, readUnits } from './lib/systemd/clone-units.ts';
import { usageReader } from './lib/systemd/control-group.ts';
import { readRestarts } from './lib/systemd/restarts.ts';
import { numberOf } from './lib/systemd/unit-lists.ts';

export const definition = {
  name: 'status',
  description:
    'Show the state of clones, the results of their last agent runs, and how many clones the host allows. Changes nothing.',
  supportsNoop: true,
  parameters: { clones: CLONES, base: BASE, detail: DETAIL, disk: DISK },
} as const satisfies TaskDefinition;

/** Its maximum number of open files limits the size of a fleet. */
const MACHINED = 'systemd-machined.service';

/** Reports the state of clones, based on systemd and their overlays. Does not enter clones. */
export async function run(
  { detail, disk, ...selection }: InputOf<typeof definition>,
  { host }: TaskContext,
): Promise<Answer> {
  const fleet = readFleet(host);
  const { target } = host.names;
  const selected = await readUnits(host, selectClones(fleet, selection));
  // While systemd is queried; a server that is down takes its time.
  const asked = host.serverCa(fleet.server);
  const properties = await readProperties(host, [target, MACHINED], ['Wants', 'LimitNOFILESoft']);
  const wanted = new Set((properties.get(target)?.Wants ?? '').split(' '));
  const agentOf = agentReader(host);

  const usageOf = usageReader(host);
  const isWanted = (unit: string) => wanted.has(unit);
  const restarts = await readRestarts(host, selected);
  const served = await asked;
  const others = served === null ? [] : clonesOfAnotherCa(host, selected, agentOf, served);
  const more = (clone: CloneWithUnits) => ({
    disk: disk ? overlayBytes(host, clone) : undefined,
    restarts: restarts.get(clone.name),
  });
  const olderImage = olderImageReader(host);
  const clones = selected.map((clone) =>
    statusOf(
      clone,
      usageOf,
      isWanted,
      readLastRun(host, clone, agentOf(clone.base)),
      olderImage,
      more(clone),
    ),
  );
  const totals = totalsOf(clones);
  const progress = progressOf(clones, host.now());
  const limits = capacityOf(host, fleet, numberOf(properties.get(MACHINED)?.LimitNOFILESoft));
  const images = disk ? imagesOf(host) : undefined;
  const left = leftClones(host, fleet);
  const warnings = [
    ...unknownAgentWarnings(host, selected, agentOf),
    ...otherCaWarnings(host, fleet.server, others),
  ];
  const heading = `${fleet.host}, server ${fleet.server}`;
  const { listed, text } = statusText(heading, { clones, totals, progress, limits, images, detail });
  return {
    host: fleet.host,
    server: fleet.server,
    run_mode: fleet.run_mode,
    totals,
    ...(progress ? { progress } : {}),
    limits,
    breaks_first: limits[0]?.limit ?? null,
    ...(images ? { images } : {}),
    clones: listed,
    ...(left.length > 0 ? { left: detail ? left : left.slice(0, LISTED_MAX) } : {}),
    ...(warnings.length > 0 ? { warnings } : {}),
    _output: [text, ...leftLine(left), ...warnings].join('\n'),
  };
}

function leftLine(left: readonly string[]): string[] {
  return left.length === 0
    ? []
    : [`Overlays of ${left.length} clones that left the fleet: ${firstFew(left, ', ')}`];
}

/** Warns about base images that do not record their agent. */
function unknownAgentWarnings(
  { names }: Host,
  clones: readonly CloneWithUnits[],
  agentOf: ReturnType<typeof agentReader>,
): string[] {
  const bases = [...new Set(clones.map(({ base }) => base))];
  return bases
    .filter((base) => !agentOf(base))
    .map((base) => {
      const file = agentFileOf(names, base);
      return `The last runs of clones on base image ${base} are unknown because ${file} is missing or invalid: apply class ${names.module} again`;
    });
}

/** Warns about clones whose runs fail because the server has another CA than the one that they trust. */
function otherCaWarnings({ names }: Host, server: string, others: readonly CloneWithUnits[]): string[] {
  if (others.length === 0) return [];
  const clones = others.map(({ name }) => name);
  return [
    `${counted(others.length)} (${firstFew(clones, ', ')}) and ${server} have different CAs, so agent runs fail: ` +
      `run ${names.module}::reset with keep_certificate=false for new certificates; if the base image has a CA certificate, set its parameter ca first`,
  ];
}
