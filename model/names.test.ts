import { describe, expect, test } from '@jest/globals';
import { mountUnitOf, namesOf, serviceOf } from './names.ts';

describe('namesOf', () => {
  test('writes every underscore of the module as a dash, as units and paths have it', () => {
    const names = namesOf('my_clone_army');
    expect(names.prefix).toBe('puppet-my-clone-army');
    expect(serviceOf(names, 'clone1')).toBe('puppet-my-clone-army@clone1.service');
  });
});

describe('mountUnitOf', () => {
  // As `systemd-escape --path --suffix=mount /var/lib/machines/<clone>` answers.
  test.each([
    ['clone1', 'var-lib-machines-clone1.mount'],
    ['load-a1', 'var-lib-machines-load\\x2da1.mount'],
    ['a-b-c1', 'var-lib-machines-a\\x2db\\x2dc1.mount'],
  ])('%s', (clone, want) => {
    expect(mountUnitOf(clone)).toBe(want);
  });
});
