import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { applyCode } from '../../lab/bolt.ts';
import { answers, waitForServer } from '../../lab/server/readiness.ts';
import { classify } from '../../lab/server/site-manifest.ts';
import {
  apply,
  BASE,
  changes,
  declaration,
  host,
  mounted,
  onServer,
  release,
  running,
  SIZE,
  server,
  sh,
  succeeds,
} from './support.ts';

/** The host's own agent, with the class from site.pp; exit code 0: no change, 2: changes. */
async function agentRun(): Promise<number | undefined> {
  await classify(server, host, declaration());
  return (await host.ssh([`puppet agent --test --certname ${host.certname}`], { reject: false })).exitCode;
}

describe('the class, while the server is down', () => {
  beforeAll(async () => {
    await onServer('systemctl stop puppetserver');
  });

  test('bolt apply builds the base image and defines the fleet', async () => {
    expect(await answers()).toBe(false);
    const result = await apply();

    expect(result.value._error).toBeUndefined();
    expect(changes(result)).toMatchObject({ failed: 0 });
    expect(
      JSON.parse(await sh(`cat /var/lib/puppet-clone-army/${BASE}/usr/share/puppet-clone-army/agent.json`)),
    ).toMatchObject({
      version: expect.stringMatching(/^\d+[.]\d+[.]\d+$/),
      // Agents before version 7 know no such folder.
      publicdir: expect.stringMatching(release.suite === 'bullseye' ? /^$/ : /^\//),
      statedir: expect.stringMatching(/^\//),
    });
  });

  test('nothing runs yet, and nothing is left of the build', async () => {
    expect(await running()).toEqual([]);
    expect(await mounted()).toEqual([]);
    expect(await succeeds(`test -e /var/lib/puppet-clone-army/${BASE}-building`)).toBe(false);
  });

  test('the fleet is to come with the host, and systemd calls nothing of it out of date', async () => {
    const target = 'puppet-clone-army.target';
    expect(await sh(`systemctl is-enabled ${target}`)).toBe('enabled');
    expect(await sh(`systemctl show --property=NeedDaemonReload --value ${target}`)).toBe('no');
  });

  test('the image holds no identity of its own', async () => {
    const image = `/var/lib/puppet-clone-army/${BASE}`;
    expect(await sh(`cat ${image}/etc/machine-id; ls ${image}/var/lib/puppet/ssl 2> /dev/null; true`)).toBe(
      '',
    );
    expect(await succeeds(`grep -q certname ${image}/etc/puppet/puppet.conf`)).toBe(false);
  });

  test('the image has the settings that were asked for, and those that every clone has', async () => {
    const printed = await sh(
      `chroot /var/lib/puppet-clone-army/${BASE} puppet config print --section agent server usecacheonfailure runinterval`,
    );
    expect(printed.split('\n').sort()).toEqual([
      'runinterval = 60',
      'server = puppet',
      'usecacheonfailure = false',
    ]);
  });

  test('layers are for root alone, which the clones are not kept from', async () => {
    expect(await sh('stat -c %a /var/lib/puppet-clone-army /var/lib/machines')).toBe('700\n700');
    expect(await sh(`stat -c %a /var/lib/puppet-clone-army/${BASE}`)).toBe('755');
  });

  test('a second bolt apply changes nothing', async () => {
    expect(changes(await apply())).toEqual({ changed: 0, failed: 0 });
  });
});

describe('the class, by classification of the host', () => {
  beforeAll(async () => {
    await onServer('systemctl start puppetserver');
    await waitForServer();
  });

  test("the host's own agent finds nothing to change, and again", async () => {
    // The first run may bring the module's plugins, which are no resources.
    expect(await agentRun()).toBe(0);
    expect(await agentRun()).toBe(0);
  });

  test('bolt apply after it changes nothing either', async () => {
    expect(changes(await apply())).toEqual({ changed: 0, failed: 0 });
  });
});

describe('bad input', () => {
  const failing = async (code: string) => {
    const { status, value } = await applyCode(host, code);
    expect(status).toBe('failure');
    return value._error.msg as string;
  };

  test.each([
    ["class { 'clone_army': }", '"master" is not set'],
    ["class { 'clone_army': master => 'puppet', num_clones => 0 }", "'num_clones' expects"],
    ["class { 'clone_army': master => 'puppet', num_clones => -1 }", "'num_clones' expects"],
    [
      "class { 'clone_army': master => 'puppet', base => { image => 'debian-99' } }",
      'there is no image "debian-99"',
    ],
  ])('%s', async (code, message) => {
    expect(await failing(code)).toContain(message);
  });

  test.each([
    [700, "class { 'clone_army': master => 'puppet' }", 'this host has 667 MiB of memory'],
    [1000, declaration(), 'num_clones is 6, but the 953 MiB of memory of this host hold at most 4 clones'],
  ])('a host with %d MB of memory is told so, and stays as it is', async (megabytes, code, message) => {
    const before = await sh('cat /etc/puppet-clone-army/fleet.json');
    const fact = JSON.stringify({ memory: { system: { total_bytes: megabytes * 1e6 } } });
    await sh(`mkdir -p /etc/facter/facts.d && echo '${fact}' > /etc/facter/facts.d/memory.json`);
    try {
      expect(await failing(code)).toContain(message);
    } finally {
      await sh('rm /etc/facter/facts.d/memory.json');
    }
    expect(await sh('cat /etc/puppet-clone-army/fleet.json')).toBe(before);
  });
});

describe('a disk with hardly any room', () => {
  const state = '/var/lib/puppet-clone-army';
  const image = `${state}/${BASE}`;

  // The image as it is, on a file system of its own, where no clone has an overlay.
  beforeAll(async () => {
    await sh(
      `mkdir /mnt/image && mount --bind ${image} /mnt/image && mount -t tmpfs -o size=64m tmpfs ${state} &&
       mkdir ${image} && mount --bind /mnt/image ${image} && umount /mnt/image && rmdir /mnt/image`,
    );
  });
  afterAll(async () => {
    await sh(`umount ${image} ${state}`);
    expect(changes(await apply()).failed).toBe(0);
  });

  test('keeps the fleet that there is', async () => {
    expect(changes(await apply()).failed).toBe(0);
  });

  test('takes no larger one in its place, and says why', async () => {
    const before = await sh('cat /etc/puppet-clone-army/fleet.json');
    const { status, value } = await apply(SIZE + 1);
    expect(status).toBe('failure');
    expect(value._error.msg).toMatch(
      /num_clones is 7, but \/var\/lib\/puppet-clone-army has \d+ MiB free and \d+ are needed/,
    );
    expect(await sh('cat /etc/puppet-clone-army/fleet.json')).toBe(before);
  });

  test('takes no further image', async () => {
    const build = `/usr/local/libexec/puppet-clone-army/build-base ${BASE}`;
    const { stderr } = await host.ssh([build], { reject: false });
    expect(stderr).toContain(`${BASE}: building an image needs 1024 MiB`);
    expect(await succeeds(`test -e ${image}-building`)).toBe(false);
  });
});
