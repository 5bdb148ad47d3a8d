import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Commands } from '../../testing/commands.ts';
import { startUnit } from './start-unit.ts';

let commands: Commands;
beforeEach(() => {
  commands = new Commands();
});
afterEach(() => commands.remove());

const unit = {
  name: 'probe',
  description: 'A probe',
  properties: ['RuntimeMaxSec=60', 'ExecStopPost=/bin/echo done'],
  command: ['/bin/sleep', '5'],
};

test('starts a transient unit, and tells why systemd refuses it', async () => {
  commands.replace('systemd-run', 'echo "Unit probe.service already exists." >&2; exit 1');
  expect(await startUnit(unit)).toEqual({
    code: 1,
    stdout: '',
    stderr: 'Unit probe.service already exists.\n',
  });
  expect(commands.lastArguments()).toEqual([
    '--unit=probe',
    '--description=A probe',
    '--quiet',
    '--collect',
    '--property=RuntimeMaxSec=60',
    '--property=ExecStopPost=/bin/echo done',
    '/bin/sleep',
    '5',
  ]);
});
