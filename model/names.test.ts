import { describe, expect, test } from '@jest/globals';
import { mountUnitOf, namesOf, serviceOf } from './names.ts';

describe('namesOf', () => {
  test('replaces all underscores of the module name by dashes in units and paths', () => {
    const names = namesOf('my_clone_army');
    expect(names.prefix).toBe('puppet-my-clone-army');
    expect(serviceOf(names, 'clone1')).toBe('puppet-my-clone-army@clone1.service');
  });
});

describe('mountUnitOf', () => {
  // Output of `systemd-escape --path --suffix=mount /var/lib/machines/<clone>`.
  test.each([
    ['clone1', 'var-lib-machines-clone1.mount'],
    ['load-a1', 'var-lib-machines-load\\x2da1.mount'],
    ['a-b-c1', 'var-lib-machines-a\\x2db\\x2dc1.mount'],
  ])('%s', (clone, want) => {
    expect(mountUnitOf(clone)).toBe(want);
  });
});
