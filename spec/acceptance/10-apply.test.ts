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

describe('bolt apply, while the server is down', () => {
  test('builds the base image and defines the fleet', async () => {
    expect(await answers()).toBe(false);
    const result = await apply();

    expect(result.value._error).toBeUndefined();
    expect(changes(result)).toMatchObject({ failed: 0 });
    expect(
      JSON.parse(await sh(`cat /var/lib/puppet-clone-army/${BASE}/usr/share/puppet-clone-army/agent.json`)),
    ).toMatchObject({
      version: expect.stringMatching(/^\d+[.]\d+[.]\d+$/),
      // Agents before version 7 have no such folder.
      publicdir: expect.stringMatching(release.suite === 'bullseye' ? /^$/ : /^\//),
      statedir: expect.stringMatching(/^\//),
    });
  });

  test('starts no clone and leaves nothing of the build behind', async () => {
    expect(await running()).toEqual([]);
    expect(await mounted()).toEqual([]);
    expect(await succeeds(`test -e /var/lib/puppet-clone-army/${BASE}-building`)).toBe(false);
  });

  test('enables the fleet at boot, and systemd has read all of its units', async () => {
    const target = 'puppet-clone-army.target';
    expect(await sh(`systemctl is-enabled ${target}`)).toBe('enabled');
    expect(await sh(`systemctl show --property=NeedDaemonReload --value ${target}`)).toBe('no');
  });

  test("lets the host's boot finish before the clones have started, but the fleet's target waits for them", async () => {
    const after = (unit: string) => sh(`systemctl show --property=After --value ${unit}`);
    expect(await after('multi-user.target')).not.toContain('puppet-clone-army');
    expect(await after('puppet-clone-army.target')).toContain(`puppet-clone-army@clone${SIZE}.service`);
  });

  test('builds an image without machine-id, certname and keys', async () => {
    const image = `/var/lib/puppet-clone-army/${BASE}`;
    expect(await sh(`cat ${image}/etc/machine-id; ls ${image}/var/lib/puppet/ssl 2> /dev/null; true`)).toBe(
      '',
    );
    expect(await succeeds(`grep -q certname ${image}/etc/puppet/puppet.conf`)).toBe(false);
  });

  test('sets the requested agent settings in the image, and those that all clones share', async () => {
    const printed = await sh(
      `chroot /var/lib/puppet-clone-army/${BASE} puppet config print --section agent server usecacheonfailure runinterval`,
    );
    expect(printed.split('\n').sort()).toEqual([
      'runinterval = 600',
      'server = puppet',
      'usecacheonfailure = false',
    ]);
  });

  test('restricts the layers to root, but not the root folder of the clones', async () => {
    expect(await sh('stat -c %a /var/lib/puppet-clone-army /var/lib/machines')).toBe('700\n700');
    expect(await sh(`stat -c %a /var/lib/puppet-clone-army/${BASE}`)).toBe('755');
  });

  test('changes nothing when repeated', async () => {
    expect(changes(await apply())).toEqual({ changed: 0, failed: 0 });
  });
});

describe('bolt apply', () => {
  // The server starts meanwhile. The tests below do not need it.
  beforeAll(async () => {
    await onServer('systemctl enable --now --no-block puppetserver');
  });

  test('without "master" fails with a message that names it', async () => {
    const { status, value } = await applyCode(host, "class { 'clone_army': }");
    expect(status).toBe('failure');
    expect(value._error.msg).toContain('"master" is not set');
  });

  test('on a host with too little memory fails with the number of clones that fit, and keeps the fleet', async () => {
    const before = await sh('cat /etc/puppet-clone-army/fleet.json');
    const fact = JSON.stringify({ memory: { system: { total_bytes: 1e9 } } });
    await sh(`mkdir -p /etc/facter/facts.d && echo '${fact}' > /etc/facter/facts.d/memory.json`);
    try {
      const { status, value } = await apply();
      expect(status).toBe('failure');
      expect(value._error.msg).toContain(
        'num_clones is 6, but the 953 MiB of memory of this host hold at most 4 clones',
      );
    } finally {
      await sh('rm /etc/facter/facts.d/memory.json');
    }
    expect(await sh('cat /etc/puppet-clone-army/fleet.json')).toBe(before);
  });
});

describe('with hardly any free disk space', () => {
  const state = '/var/lib/puppet-clone-army';
  const image = `${state}/${BASE}`;

  // A small file system that contains the image and no overlay of a clone.
  beforeAll(async () => {
    await sh(
      `mkdir /mnt/image && mount --bind ${image} /mnt/image && mount -t tmpfs -o size=64m tmpfs ${state} &&
       mkdir ${image} && mount --bind /mnt/image ${image} && umount /mnt/image && rmdir /mnt/image`,
    );
  });
  afterAll(async () => {
    await sh(`umount ${image} ${state}`);
  });

  test('bolt apply rejects a larger fleet with the space that it needs, and keeps the existing one and its limits', async () => {
    const files = 'cat /etc/puppet-clone-army/fleet.json /etc/puppet-clone-army/limits';
    const before = await sh(files);
    const { status, value } = await apply(SIZE + 1);
    expect(status).toBe('failure');
    expect(value._error.msg).toMatch(
      /num_clones is 7, but \/var\/lib\/puppet-clone-army has \d+ MiB free and \d+ are needed/,
    );
    expect(await sh(files)).toBe(before);
  });

  test('bolt apply accepts the existing fleet', async () => {
    expect(changes(await apply()).failed).toBe(0);
  });

  test('build-base refuses to build', async () => {
    const build = `/usr/local/libexec/puppet-clone-army/build-base ${BASE}`;
    const { stderr } = await host.ssh([build], { reject: false });
    expect(stderr).toContain(`${BASE}: building an image needs 1024 MiB`);
    expect(await succeeds(`test -e ${image}-building`)).toBe(false);
  });
});

describe('with the class in site.pp', () => {
  /** A run of the host's own agent. Exit code 0: no changes, 2: changes. */
  async function agentRun(): Promise<number | undefined> {
    return (await host.ssh([`puppet agent --test --certname ${host.certname}`], { reject: false })).exitCode;
  }

  beforeAll(async () => {
    await waitForServer();
    await classify(server, { hosts: declaration() });
  });

  test("two runs of the host's agent change nothing", async () => {
    // The first run may download plugins, which are not resources.
    expect(await agentRun()).toBe(0);
    expect(await agentRun()).toBe(0);
  });
});
