import Table from 'cli-table3';
import type { CloneStatus, Totals } from './clone-status.ts';

/** Clones that people want to see one by one; of a larger fleet they see those that need them. */
const ROWS_MAX = 200;

const MEBIBYTE = 1024 * 1024;

/** Columns with spaces between and no lines, so that the text can be searched and cut by the usual tools. */
const PLAIN = {
  chars: {
    ...Object.fromEntries(
      ['top', 'bottom', 'left', 'mid', 'right'].flatMap((side) =>
        [side, `${side}-mid`, `${side}-left`, `${side}-right`].map((part) => [part, '']),
      ),
    ),
    middle: '  ',
  },
  style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
};

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

/** The status for people: totals first, because Bolt prints the same as JSON below it. */
export function statusText(heading: string, clones: readonly CloneStatus[], totals: Totals): string {
  const shown = clones.length <= ROWS_MAX ? clones : clones.filter(needsAttention);
  const lines = [`${heading}: ${summary(totals)}`];
  if (shown.length < clones.length) {
    lines.push(
      `${shown.length} of ${clones.length} clones are listed: those that do not run or whose last run failed. ` +
        `For all of them, see the JSON (bolt --format json) or ask for at most ${ROWS_MAX} (clones=<first>-<last>)`,
    );
  }
  return (shown.length > 0 ? [...lines, '', table(shown)] : lines).join('\n');
}

function summary(totals: Totals): string {
  const states = (['running', 'starting', 'stopping', 'stopped', 'failed'] as const).map(
    (state) => `${totals[state]} ${state}`,
  );
  const { clones, enabled, memory, checked_in, last_run_failed } = totals;
  return (
    `${clones} clones, ${states.join(', ')}; ${enabled} enabled; memory ${mebibytes(memory) ?? 'not known'}; ` +
    `${checked_in} checked in, of which ${last_run_failed} failed their last run`
  );
}

function needsAttention({ state, last_run }: CloneStatus): boolean {
  return state !== 'running' || last_run?.outcome === 'failed';
}

function table(clones: readonly CloneStatus[]): string {
  const rows = new Table({ ...PLAIN, head: COLUMNS.map(([title]) => title) });
  for (const clone of clones) rows.push(COLUMNS.map(([, read]) => String(read(clone) ?? '-')));
  return rows.toString().replace(/ +$/gm, '');
}

function mebibytes(bytes: number | null): string | null {
  return bytes === null ? null : `${(bytes / MEBIBYTE).toFixed(1)} MiB`;
}
