import { gauge, openMetrics } from '../../../load/open-metrics.ts';
import { STATES } from '../systemd/clone-state.ts';
import type { Capacity } from './capacity.ts';
import type { Totals } from './clone-status.ts';

/**
 * Formats the totals of a status as OpenMetrics text.
 *
 * @param prefix - of all names, such as `puppet_clone_army`
 */
export function statusMetrics(prefix: string, totals: Totals, limits: readonly Capacity[]): string {
  const count = (name: string, help: string, value: number) => gauge(name, help, [{ value }]);
  const bytes = (name: string, help: string, value: number) => gauge(name, help, [{ value }], 'bytes');
  const families = [
    gauge(
      'clones',
      'Clones by state.',
      STATES.map((state) => ({ labels: { state }, value: totals[state] })),
    ),
    count('enabled_clones', 'Clones that start when the host boots.', totals.enabled),
    count('checked_in_clones', 'Clones whose agent has run at least once.', totals.checked_in),
    count('failed_run_clones', 'Clones whose last agent run failed.', totals.last_run_failed),
    count('overdue_clones', 'Clones whose next agent run is overdue.', totals.overdue),
    count(
      'older_image_clones',
      'Clones on an image that was replaced since they started.',
      totals.older_image,
    ),
    ...(totals.memory === null ? [] : [bytes('memory_bytes', 'Memory of all clones.', totals.memory)]),
    ...(totals.disk === undefined
      ? []
      : [bytes('overlays_bytes', 'Disk usage of all overlays.', totals.disk)]),
    gauge(
      'limit_clones',
      'Clones that fit within a limit of the host.',
      limits.map(({ limit, clones }) => ({ labels: { limit }, value: clones })),
    ),
  ];
  return openMetrics(families.map((family) => ({ ...family, name: `${prefix}_${family.name}` })));
}
