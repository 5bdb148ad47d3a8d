import { describe, expect, test } from '@jest/globals';
import { numberOf, parseJobs, parseProperties, parseUnits } from './unit-lists.ts';

describe('parseUnits', () => {
  test('parses the output of systemd 252', () => {
    const text = `var-lib-machines-load\\x2da1.mount    loaded active   mounted /var/lib/machines/load-a1
puppet-clone-army@clone1.service loaded activating start start clone clone1
puppet-clone-army@clone2.service masked inactive dead    puppet-clone-army@clone2.service
`;
    expect([...parseUnits(text)]).toEqual([
      ['var-lib-machines-load\\x2da1.mount', { load: 'loaded', active: 'active' }],
      ['puppet-clone-army@clone1.service', { load: 'loaded', active: 'activating' }],
      ['puppet-clone-army@clone2.service', { load: 'masked', active: 'inactive' }],
    ]);
  });

  test.each(['● ', '* ', '  '])('ignores the mark "%s" in front of a unit', (mark) => {
    const units = parseUnits(`${mark}puppet-clone-army@clone1.service loaded failed failed clone clone1\n`);
    expect(units.get('puppet-clone-army@clone1.service')).toEqual({ load: 'loaded', active: 'failed' });
  });

  test('parses empty output', () => {
    expect(parseUnits('').size).toBe(0);
  });
});

describe('parseJobs', () => {
  test('returns the type of each job', () => {
    const text =
      ' 83 puppet-clone-army@clone1.service start running\n1910 var-lib-machines-clone2.mount stop  waiting\n';
    expect([...parseJobs(text)]).toEqual([
      ['puppet-clone-army@clone1.service', 'start'],
      ['var-lib-machines-clone2.mount', 'stop'],
    ]);
  });

  test('parses the output without jobs', () => {
    expect(parseJobs('No jobs running.\n').size).toBe(0);
  });
});

describe('parseProperties', () => {
  test('parses a block for each unit, with "=" in values', () => {
    const units = parseProperties(
      'Result=success\nId=a.service\nEnv=X=1\n\nId=b.target\nWants=a.service c.service\n',
    );
    expect(units.get('a.service')).toEqual({ Id: 'a.service', Result: 'success', Env: 'X=1' });
    expect(units.get('b.target')?.Wants).toBe('a.service c.service');
  });
});

describe('numberOf', () => {
  test.each<[string | undefined, number | null]>([
    ['73400320', 73400320],
    ['0', 0],
    ['[not set]', null],
    ['18446744073709551615', null],
    ['', null],
    [undefined, null],
  ])('%p is %p', (property, want) => {
    expect(numberOf(property)).toBe(want);
  });
});
