import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { applyCode } from '../../lab/bolt.ts';
import { reports } from '../../lab/server/record.ts';
import {
  apply,
  certnameOf,
  changes,
  checkedIn,
  declaration,
  host,
  NAMES,
  overlayOf,
  running,
  server,
  sh,
  task,
  until,
} from './support.ts';

const INTERVAL = 60;
const TIMER = declaration(NAMES.length, ["run_mode => 'timer'", `run_interval => ${INTERVAL}`]);
const VERSION = '/usr/lib/ruby/vendor_ruby/puppet/version.rb';

/** What a clone's own systemd says of a unit. */
async function show(clone: string, unit: string, property: string): Promise<string> {
  return sh(`systemctl --machine=${clone} show --property=${property} --value ${unit}`);
}

beforeAll(async () => {
  await task('stop');
  expect(changes(await applyCode(host, TIMER)).failed).toBe(0);
  expect((await task('start')).value.totals).toMatchObject({ changed: NAMES.length, failed: 0 });
});

afterAll(async () => {
  await task('stop');
  await sh(`rm -f ${overlayOf('clone2')}${VERSION}`);
  await apply();
  await task('start');
});

test('the image of the other mode serves this one as well', async () => {
  expect(changes(await applyCode(host, TIMER))).toEqual({ changed: 0, failed: 0 });
  expect(await running()).toEqual(NAMES);
});

test('no agent stays, and nothing that an idle clone does not need', async () => {
  for (const unit of [
    'puppet.service',
    'systemd-logind.service',
    'console-getty.service',
    'apt-daily.timer',
  ]) {
    expect(await show('clone1', unit, 'ActiveState')).toBe('inactive');
  }
});

test('every clone checks in, and again in the next interval', async () => {
  await checkedIn(NAMES, Date.now());
  await checkedIn(NAMES, Date.now());
});

test('each in a slot of its own, in the order of the fleet', async () => {
  const slots = await Promise.all(
    NAMES.map(async (clone) => {
      const time = await show(clone, 'puppet-clone-army-run.timer', 'LastTriggerUSec');
      const second = Number(/:\d+:(\d+) /.exec(time)?.[1]);
      return Math.floor((second / INTERVAL) * NAMES.length);
    }),
  );
  expect(slots).toEqual(NAMES.map((_, i) => i));
});

test('a stop amid a run gives the agent its time, and the next run finds nothing in its way', async () => {
  const since = Date.now();
  await sh('systemctl --machine=clone3 start puppet-clone-army-run.service');
  await until(
    'the agent of clone3 runs',
    async () => (await show('clone3', 'puppet-clone-army-run.service', 'ActiveState')) === 'active',
  );
  expect((await task('stop', { clones: 'clone3' })).value.totals).toMatchObject({ changed: 1, failed: 0 });
  expect(await sh(`find ${overlayOf('clone3')} -name 'agent_catalog_run.lock'`)).toBe('');
  await task('start', { clones: 'clone3' });
  await checkedIn(['clone3'], since);
});

test('machinectl shell gets in', async () => {
  // It wants a terminal on both sides.
  const output = await sh(
    "script --quiet --return --command 'machinectl shell clone1 /usr/bin/hostname' /dev/null",
  );
  expect(output).toContain(certnameOf('clone1'));
});

test('a clone whose overlay patches the code of the agent runs the patched code', async () => {
  await task('stop', { clones: 'clone2' });
  const patched = `${overlayOf('clone2')}${VERSION}`;
  const image = JSON.parse(await sh('cat /etc/puppet-clone-army/fleet.json')).groups[0].base;
  await sh(`mkdir -p ${patched.slice(0, patched.lastIndexOf('/'))}`);
  await sh(`sed "s/PUPPETVERSION = '[^']*/&.1/" /var/lib/puppet-clone-army/${image}${VERSION} > ${patched}`);
  const since = Date.now();
  await task('start', { clones: 'clone2' });
  await checkedIn(['clone2'], since);

  const [report] = await reports(server, certnameOf('clone2'), since);
  expect(report).toMatch(/^puppet_version: ['"]?\d+[.]\d+[.]\d+[.]1['"]?$/m);
});

test('in the other mode again, a clone has nothing left of this one', async () => {
  await task('stop', { clones: 'clone1' });
  expect((await apply()).value._error).toBeUndefined();
  await task('start', { clones: 'clone1' });

  await until(
    'the resident agent runs',
    async () => (await show('clone1', 'puppet.service', 'ActiveState')) === 'active',
  );
  expect(await sh(`find ${overlayOf('clone1')} -name '*puppet-clone-army*'`)).toBe('');
  expect(await show('clone1', 'puppet-clone-army-run.service', 'LoadState')).toBe('not-found');
});
