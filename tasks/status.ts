import { replaceFile } from '../load/driver/output-files.ts';
import { agentFileOf } from '../model/names.ts';
import type { Answer, InputOf, TaskDefinition } from '../model/task.ts';
import { type Capacity, capacityOf } from './lib/answer/capacity.ts';
import { statusOf, type Totals, totalsOf } from './lib/answer/clone-status.ts';
import { counted, LISTED_MAX } from './lib/answer/listed-clones.ts';
import { withOverdue } from './lib/answer/overdue.ts';
import { BASE, CLONES, DETAIL, DISK, METRICS_FILE } from './lib/answer/parameters.ts';
import { progressOf } from './lib/answer/progress.ts';
import { firstFew } from './lib/answer/report.ts';
import { statusMetrics } from './lib/answer/status-metrics.ts';
import { statusText } from './lib/answer/table.ts';
import { agentReader } from './lib/clone/agent.ts';
import { imagesOf, leftClones, overlayBytes } from './lib/clone/disk.ts';
import { olderImageReader } from './lib/clone/image.ts';
import { readLastRun } from './lib/clone/read-last-run.ts';
import { clonesOfAnotherCa } from './lib/clone/trusted-ca.ts';
import { TaskError } from './lib/contract/errors.ts';
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
  parameters: { clones: CLONES, base: BASE, detail: DETAIL, disk: DISK, metrics_file: METRICS_FILE },
} as const satisfies TaskDefinition;

/** Its maximum number of open files limits the size of a fleet. */
const MACHINED = 'systemd-machined.service';

/** Reports the state of clones, based on systemd and their overlays. Does not enter clones. */
export async function run(
  { detail, disk, metrics_file: metricsFile, ...selection }: InputOf<typeof definition>,
  { host, noop }: TaskContext,
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
  const known = selected.map((clone) =>
    statusOf(
      clone,
      usageOf,
      isWanted,
      readLastRun(host, clone, agentOf(clone.base)),
      olderImage,
      more(clone),
    ),
  );
  const clones = withOverdue(known, fleet, host.now());
  const totals = totalsOf(clones);
  const progress = progressOf(clones, host.now());
  const limits = capacityOf(host, fleet, numberOf(properties.get(MACHINED)?.LimitNOFILESoft));
  if (metricsFile !== undefined && !noop) writeMetrics(host, metricsFile, totals, limits);
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

/** @throws TaskError `bad-input` if the file cannot be written */
function writeMetrics(
  { names, root }: Host,
  file: string,
  totals: Totals,
  limits: readonly Capacity[],
): void {
  try {
    const text = statusMetrics(names.prefix.replace(/-/g, '_'), totals, limits);
    replaceFile(root + file, text, 0o644);
  } catch (error) {
    throw new TaskError(
      'bad-input',
      `metrics_file cannot be written: ${(error as Error).message}; name a file in a folder that exists`,
      { file },
    );
  }
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
