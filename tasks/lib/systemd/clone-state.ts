import type { CloneWithUnits, Unit } from './clone-units.ts';

/** What people are told that a clone does. */
export type State = 'running' | 'stopped' | 'starting' | 'stopping' | 'failed';

/** What each of systemd's states means where no job is pending; the rest mean that nothing runs. */
const STATES: Readonly<Record<string, State>> = {
  active: 'running',
  reloading: 'running',
  refreshing: 'running',
  activating: 'starting',
  deactivating: 'stopping',
  failed: 'failed',
};

/** A clone's state; one that waits for its turn to start is starting, and one whose root is still mounted is stopping. */
export function stateOf({ service, mount }: CloneWithUnits): State {
  if (service.job === 'stop') return isDown(service) ? restOf(service, mount) : 'stopping';
  if (service.job) return 'starting';
  return STATES[service.active] ?? restOf(service, mount);
}

/** Whether systemd has nothing more to do for the unit by itself. */
export function isIdle({ active, job }: Unit): boolean {
  return job === undefined && active !== 'activating' && active !== 'deactivating';
}

/** Whether nothing of the unit is there: no process, or no mount. */
export function isDown({ active }: Unit): boolean {
  return active === 'inactive' || active === 'failed';
}

function restOf(service: Unit, mount: Unit): State {
  if (service.active === 'failed') return 'failed';
  return isDown(mount) ? 'stopped' : 'stopping';
}
