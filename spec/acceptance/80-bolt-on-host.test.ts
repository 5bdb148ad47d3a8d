import { beforeAll, describe, expect, test } from '@jest/globals';
import { applyOnHost, bolt, puppetVersion, writeProject } from './bolt-on-host.ts';
import { changes, host, NAMES, running, sh } from './support.ts';

beforeAll(writeProject);

describe.each(['localhost', 'by-ssh'])('Bolt on the host, target %s', (target) => {
  test('apply changes nothing after an apply by Bolt on another machine', async () => {
    const result = await applyOnHost(target);
    expect(result.value._error).toBeUndefined();
    expect(changes(result)).toEqual({ changed: 0, failed: 0 });
  });

  test('status reports all clones as running', async () => {
    const { status, value } = await bolt(target, 'task run clone_army::status');
    expect(status).toBe('success');
    expect(value.totals).toMatchObject({ clones: NAMES.length, running: NAMES.length });
  });

  test('stop stops one clone and start starts it again', async () => {
    const stopped = await bolt(target, 'task run clone_army::stop clones=clone2');
    expect(stopped.value.totals).toMatchObject({ clones: 1, changed: 1 });
    expect(await running()).toEqual(NAMES.filter((name) => name !== 'clone2'));
    const started = await bolt(target, 'task run clone_army::start');
    expect(started.value.totals).toMatchObject({ changed: 1, in_sync: NAMES.length - 1 });
    expect(await running()).toEqual(NAMES);
  });
});

test("apply with Bolt's own Ruby reads the host's certname from the configuration of the host's agent", async () => {
  const configured = '/etc/puppet/puppet.conf';
  const fleetHost = async () => JSON.parse(await sh('cat /etc/puppet-clone-army/fleet.json')).host;

  await sh(
    `cp ${configured} /root/puppet.conf && printf '[agent]\\ncertname = other.lab.example\\n' >> ${configured}`,
  );
  try {
    const { value } = await applyOnHost('localhost');
    expect(value.report).toMatchObject({ puppet_version: await puppetVersion(), status: 'changed' });
    expect(await fleetHost()).toBe('other.lab.example');
  } finally {
    await sh(`mv /root/puppet.conf ${configured}`);
  }
  await applyOnHost('localhost');
  expect(await fleetHost()).toBe(host.certname);
});
