import type { Objective } from '../../model/load/profile.ts';

/** Unit of the value and the limit of an objective; empty for numbers of runs. */
export function unitOf(figure: Objective['figure']): string {
  if (figure === 'failed' || figure === 'dropped') return '';
  return figure.endsWith('_percent') ? '%' : 's';
}
