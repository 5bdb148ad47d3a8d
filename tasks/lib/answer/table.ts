import { MEBIBYTE } from '../clone/bytes.ts';
import type { Image } from '../clone/disk.ts';
import { STATES } from '../systemd/clone-state.ts';
import type { Capacity } from './capacity.ts';
import type { CloneStatus, Totals } from './clone-status.ts';
import { counted, listedClones } from './listed-clones.ts';
import { plainTable } from './plain-table.ts';
import type { Progress } from './progress.ts';
import { firstFew } from './report.ts';

const COLUMNS: readonly (readonly [string, (clone: CloneStatus) => unknown])[] = [
  ['CLONE', ({ name }) => name],
  ['STATE', ({ state }) => state],
  ['SINCE', ({ since }) => since],
  ['MEMORY', ({ memory }) => mebibytes(memory)],
  ['BASE', ({ base }) => base],
  ['ENABLED', ({ enabled }) => (enabled ? 'yes' : 'no')],
  ['LAST RUN', ({ last_run }) => last_run?.time],
  ['OUTCOME', ({ last_run }) => last_run?.outcome],
  ['SECONDS', ({ last_run }) => last_run?.seconds?.toFixed(1)],
  ['CHANGED', ({ last_run }) => last_run?.changed],
  ['FAILED', ({ last_run }) => last_run?.failed],
];

/** Shown only if disk usage was requested. */
const DISK: (typeof COLUMNS)[number] = ['DISK', ({ disk }) => mebibytes(disk ?? null)];

/** Data of a status. */
export interface Status {
  readonly clones: readonly CloneStatus[];
  readonly totals: Totals;
  readonly progress?: Progress;
  readonly limits: readonly Capacity[];
  /** Base images and their disk usage, if requested. */
  readonly images?: readonly Image[];
  /** Whether to list all clones of a large fleet. */
  readonly detail: boolean;
}

/** Formats a status as text. Also returns the clones that it lists. */
export function statusText(
  heading: string,
  { clones, totals, progress, limits, images, detail }: Status,
): { listed: readonly CloneStatus[]; text: string } {
  const which =
    'those that are not running, were restarted, or whose last agent run failed or next one is overdue';
  const listing = listedClones(clones, needsAttention, which, detail);
  const lines = [
    `${heading}: ${totalsLine(totals)}`,
    progress && progressLine(progress),
    capacityLine(limits),
    olderImageLine(clones),
    images && `Images: ${images.map(({ name, disk }) => `${name} ${mebibytes(disk)}`).join(', ') || 'none'}`,
    restartsLine(clones),
    overdueLine(clones),
    listing.note,
  ].filter((line) => line !== undefined);
  const text = (listing.clones.length > 0 ? [...lines, '', table(listing.clones)] : lines).join('\n');
  return { listed: listing.clones, text };
}

function progressLine({ to_go, per_second, seconds_left }: Progress): string {
  const rate = per_second === null ? '' : `; ${per_second} per second, about ${seconds_left} s left`;
  return `${counted(to_go)} to go${rate}`;
}

function restartsLine(clones: readonly CloneStatus[]): string | undefined {
  const restarted = clones.filter(({ restarts }) => restarts !== undefined);
  if (restarted.length === 0) return undefined;
  const listed = restarted.slice(0, 5).map(({ name, restarts }) => `${name} ${restarts}x`);
  const more = restarted.length > listed.length ? ` and ${restarted.length - listed.length} more` : '';
  return `Restarted by systemd after they died or rebooted: ${listed.join(', ')}${more}; their journals say why`;
}

function overdueLine(clones: readonly CloneStatus[]): string | undefined {
  const overdue = clones.filter((clone) => clone.overdue !== undefined).map(({ name }) => name);
  if (overdue.length === 0) return undefined;
  const longest = Math.max(...clones.map((clone) => clone.overdue ?? 0));
  return `Agent runs are overdue in ${counted(overdue.length)} (${firstFew(overdue, ', ')}), by up to ${longest} s; the task logs says why`;
}

/** The first limit that the class cannot raise, and the present limits if they are lower. */
function capacityLine(limits: readonly Capacity[]): string | undefined {
  const lowest = limits[0];
  if (!lowest) return undefined;
  const fixed = limits.find(({ raised }) => !raised) ?? lowest;
  const host = `This host can hold ${counted(fixed.clones)}; beyond that, ${fixed.limit} (${fixed.allowed}) breaks first`;
  if (lowest === fixed) return host;
  const now = `${lowest.limit} (${lowest.allowed})`;
  return `${host}. Its limits are now set for ${lowest.clones}: ${now}; the class raises them with num_clones`;
}

function olderImageLine(clones: readonly CloneStatus[]): string | undefined {
  const older = clones.filter(({ older_image }) => older_image).map(({ name }) => name);
  if (older.length === 0) return undefined;
  const which = older.length === 1 ? '1 running clone uses' : `${older.length} running clones use`;
  return `${which} an image that was replaced after the start (${firstFew(older, ', ')}): restart them to use the current one`;
}

function totalsLine(totals: Totals): string {
  const states = STATES.map((state) => `${totals[state]} ${state}`);
  const { clones, enabled, memory, disk, checked_in, last_run_failed } = totals;
  return (
    `${counted(clones)}, ${states.join(', ')}; ${enabled} enabled; memory ${mebibytes(memory) ?? 'not known'}; ` +
    `${disk === undefined ? '' : `disk ${mebibytes(disk)}; `}` +
    `${checked_in} checked in, of which ${last_run_failed} failed their last run`
  );
}

function needsAttention({ state, restarts, overdue, last_run }: CloneStatus): boolean {
  return (
    state !== 'running' || restarts !== undefined || overdue !== undefined || last_run?.outcome === 'failed'
  );
}

function table(clones: readonly CloneStatus[]): string {
  const columns = clones[0]?.disk === undefined ? COLUMNS : [...COLUMNS, DISK];
  return plainTable(
    columns.map(([title]) => title),
    clones.map((clone) => columns.map(([, read]) => String(read(clone) ?? '-'))),
  );
}

function mebibytes(bytes: number | null): string | null {
  return bytes === null ? null : `${(bytes / MEBIBYTE).toFixed(1)} MiB`;
}
