import { describe, expect, test } from '@jest/globals';
import { type State, stateOf } from './clone-state.ts';
import type { CloneWithUnits } from './clone-units.ts';

function clone(service: string, job?: string, mount = 'inactive'): CloneWithUnits {
  return {
    name: 'clone1',
    base: 'debian-13',
    service: { name: 'puppet-clone-army@clone1.service', load: 'loaded', active: service, job },
    mount: { name: 'var-lib-machines-clone1.mount', load: 'loaded', active: mount },
  };
}

describe('stateOf', () => {
  test.each<[string, string | undefined, string, State]>([
    ['active', undefined, 'active', 'running'],
    ['reloading', undefined, 'active', 'running'],
    ['activating', undefined, 'active', 'starting'],
    ['activating', 'start', 'active', 'starting'],
    ['inactive', 'start', 'inactive', 'starting'],
    ['failed', 'start', 'inactive', 'starting'],
    ['active', 'stop', 'active', 'stopping'],
    ['deactivating', 'stop', 'active', 'stopping'],
    ['deactivating', undefined, 'active', 'stopping'],
    ['inactive', undefined, 'active', 'stopping'],
    ['inactive', undefined, 'deactivating', 'stopping'],
    ['inactive', 'stop', 'inactive', 'stopped'],
    ['inactive', undefined, 'inactive', 'stopped'],
    ['inactive', undefined, 'failed', 'stopped'],
    ['failed', undefined, 'inactive', 'failed'],
    ['failed', undefined, 'active', 'failed'],
    ['maintenance', undefined, 'inactive', 'stopped'],
  ])('a service that is %s with job %s, and a mount that is %s: %4$s', (service, job, mount, want) => {
    expect(stateOf(clone(service, job, mount))).toBe(want);
  });
});
