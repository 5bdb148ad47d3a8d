import type { CloneWithUnits, Unit } from './clone-units.ts';

/** State of a clone, as shown to users. */
export type State = 'running' | 'stopped' | 'starting' | 'stopping' | 'failed';

/** State of a clone by the active state of its service, if no job is pending. In other states, nothing is running. */
const STATES: Readonly<Record<string, State>> = {
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
  return STATES[service.active] ?? downStateOf(service, mount);
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
