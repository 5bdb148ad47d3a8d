import { expect, test } from '@jest/globals';
import { withTarget } from './bolt-target.ts';

test.each([
  { given: 'task run clone_army::status', want: 'task run clone_army::status --targets host' },
  { given: 'command run uptime', want: 'command run uptime --targets host' },
  {
    given: 'task run clone_army::status --targets other',
    want: 'task run clone_army::status --targets other',
  },
  {
    given: 'task run clone_army::status --targets=other',
    want: 'task run clone_army::status --targets=other',
  },
  { given: 'apply site.pp -t other', want: 'apply site.pp -t other' },
  { given: 'task show', want: 'task show' },
  {
    given: 'plan run clone_army::deploy master=puppet',
    want: 'plan run clone_army::deploy master=puppet --targets host',
  },
  { given: 'plan show', want: 'plan show' },
  { given: 'inventory show', want: 'inventory show' },
  { given: '--version', want: '--version' },
])('bolt $given', ({ given, want }) => {
  expect(withTarget(given.split(' '), 'host').join(' ')).toBe(want);
});
