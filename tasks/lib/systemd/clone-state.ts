import type { CloneWithUnits, Unit } from './clone-units.ts';

/** States of a clone, in the order in which users are told how many clones are in each. */
export const STATES = ['running', 'starting', 'stopping', 'stopped', 'failed'] as const;

/** State of a clone, as shown to users. */
export type State = (typeof STATES)[number];

/** State of a clone by the active state of its service, if no job is pending. In other states, nothing is running. */
const STATE_OF: Readonly<Record<string, State>> = {
  active: 'running',
  reloading: 'running',
  refreshing: 'running',
  activating: 'starting',
  deactivating: 'stopping',
  failed: 'failed',
};

/** State of a clone. It is "starting" from the time its start is queued, and "stopping" until its root is unmounted. */
export function stateOf({ service, mount }: CloneWithUnits): State {
  if (service.job === 'stop') return isDown(service) ? downStateOf(service, mount) : 'stopping';
  if (service.job) return 'starting';
  return STATE_OF[service.active] ?? downStateOf(service, mount);
}

/** Whether systemd is neither changing the unit nor about to change it. */
export function isIdle({ active, job }: Unit): boolean {
  return job === undefined && active !== 'activating' && active !== 'deactivating';
}

/** Whether the unit has no process or mount. */
export function isDown({ active }: Unit): boolean {
  return active === 'inactive' || active === 'failed';
}

function downStateOf(service: Unit, mount: Unit): State {
  if (service.active === 'failed') return 'failed';
  return isDown(mount) ? 'stopped' : 'stopping';
}
