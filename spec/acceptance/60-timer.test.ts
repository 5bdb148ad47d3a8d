import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { applyCode } from '../../lab/bolt.ts';
import { expectPatchedReport, PATCH, VERSION } from './patched-agent.ts';
import { BY_HAND, expectSameView, serverView } from './server-view.ts';
import {
  certnameOf,
  changes,
  checkedIn,
  declaration,
  host,
  NAMES,
  overlayOf,
  quickTask,
  running,
  sh,
  succeeds,
  task,
  until,
} from './support.ts';

/** Number of units that are active in an idle clone. */
const UNITS = 40;

const INTERVAL = 60;
const TIMER = declaration(NAMES.length, ["run_mode => 'timer'", `run_interval => ${INTERVAL}`]);

/** Property of a unit in a clone. */
async function show(clone: string, unit: string, property: string): Promise<string> {
  return sh(`systemctl --machine=${clone} show --property=${property} --value ${unit}`);
}

/** Starts a run now, rather than in the clone's slot. */
async function runAgent(clone: string): Promise<void> {
  await sh(`systemctl --machine=${clone} start puppet-clone-army-run.service`);
}

let started: number;

beforeAll(async () => {
  expect(changes(await applyCode(host, TIMER)).failed).toBe(0);
});

afterAll(async () => {
  await quickTask('stop');
  await sh(`rm -f ${overlayOf('clone2')}${VERSION}`);
});

test('a fleet that becomes smaller and changes its mode does not disturb the remaining clones', async () => {
  expect(await running()).toEqual(NAMES);
  expect(await succeeds('test -e /run/systemd/generator/var-lib-machines-clone7.mount')).toBe(false);
});

test('clones change to timer mode when they are restarted', async () => {
  await quickTask('stop');
  started = Date.now();
  expect((await quickTask('start')).totals).toMatchObject({ changed: NAMES.length, failed: 0 });
});

test('both modes use the same image', async () => {
  expect(changes(await applyCode(host, TIMER))).toEqual({ changed: 0, failed: 0 });
  expect(await running()).toEqual(NAMES);
});

test('an idle clone runs no agent and no unnecessary service', async () => {
  for (const unit of [
    'puppet.service',
    'systemd-logind.service',
    'console-getty.service',
    'apt-daily.timer',
  ]) {
    expect(await show('clone1', unit, 'ActiveState')).toBe('inactive');
  }
});

test('a boot does nothing that all clones have in common, and the journal of the host is not told of each step', async () => {
  const units = await sh('systemctl --machine=clone1 list-units --state=active --plain --no-legend');
  expect(units.split('\n').length).toBeLessThanOrEqual(UNITS);
  await sh('test ! -e /proc/$(machinectl show clone1 --property=Leader --value)/root/run/nologin');
  const caches = '-path "*/systemd/catalog/*" -o -name ld.so.cache -o -name .updated';
  expect(await sh(`find /var/lib/puppet-clone-army/*-overlay \\( ${caches} \\)`)).toBe('');
  // Rounded up: before that, the former clones were still shutting down.
  const since = Math.ceil(started / 1000);
  const journal = `journalctl --quiet --since=@${since} --output=cat`;
  expect(await sh(`${journal} --identifier=systemd-nspawn`)).toBe('');
  // What systemd and machined say of any container.
  const lines = (await sh(journal)).split('\n').filter((line) => /\bclone1\b/.test(line));
  expect(lines.filter((line) => !/^(Starting|Started) puppet-clone-army@|^New machine/.test(line))).toEqual(
    [],
  );
});

test('machinectl shell opens a shell', async () => {
  // script(1) provides the terminal.
  const output = await sh(
    "script --quiet --return --command 'machinectl shell clone1 /usr/bin/hostname' /dev/null",
  );
  expect(output).toContain(certnameOf('clone1'));
});

test('every clone checks in, and again in the next interval', async () => {
  await checkedIn(NAMES, started);
  await checkedIn(NAMES, Date.now());
});

test('runs start in slots, in the order of the fleet', async () => {
  const slots = await Promise.all(
    NAMES.map(async (clone) => {
      const time = await show(clone, 'puppet-clone-army-run.timer', 'LastTriggerUSec');
      const second = Number(/:\d+:(\d+) /.exec(time)?.[1]);
      return Math.floor((second / INTERVAL) * NAMES.length);
    }),
  );
  expect(slots).toEqual(NAMES.map((_, i) => i));
});

test('stopping a clone during a run waits for the agent, and the next run is not blocked', async () => {
  await runAgent('clone3');
  await until(
    'the agent of clone3 runs',
    async () => (await show('clone3', 'puppet-clone-army-run.service', 'ActiveState')) === 'active',
  );
  expect((await task('stop', { clones: 'clone3' })).value.totals).toMatchObject({ changed: 1, failed: 0 });
  expect(await sh(`find ${overlayOf('clone3')} -name 'agent_catalog_run.lock'`)).toBe('');
  const since = Date.now();
  await quickTask('start', { clones: 'clone3' });
  await runAgent('clone3');
  await checkedIn(['clone3'], since);
});

test('the server sees of a run by timer what it sees of an agent that somebody runs by hand', async () => {
  await quickTask('stop', { clones: NAMES.slice(1) });
  await sh('systemctl --machine=clone1 stop puppet-clone-army-run.timer');
  const timer = await serverView('systemctl --machine=clone1 start --wait puppet-clone-army-run.service');
  const hand = await serverView(BY_HAND);
  expectSameView(timer, hand);
  await quickTask('stop', { clones: 'clone1' });
  await quickTask('start');
});

test('a clone whose overlay patches the agent runs the patched agent', async () => {
  await quickTask('stop', { clones: 'clone2' });
  const patched = `${overlayOf('clone2')}${VERSION}`;
  const image = JSON.parse(await sh('cat /etc/puppet-clone-army/fleet.json')).groups[0].base;
  await sh(`mkdir -p ${patched.slice(0, patched.lastIndexOf('/'))}`);
  await sh(`sed ${PATCH} /var/lib/puppet-clone-army/${image}${VERSION} > ${patched}`);
  const since = Date.now();
  await quickTask('start', { clones: 'clone2' });
  await runAgent('clone2');
  await expectPatchedReport('clone2', since);
});
