import { beforeAll, describe, expect, test } from '@jest/globals';
import { DISK_MIB } from '../../model/limits.ts';
import {
  BASE,
  certnameOf,
  host,
  mounted,
  NAMES,
  onServer,
  overlayOf,
  quickTask,
  rootOf,
  sh,
  succeeds,
} from './support.ts';

const IMAGE = `/var/lib/puppet-clone-army/${BASE}`;

/** Clones whose root contains a file. */
async function seenBy(file: string): Promise<string[]> {
  const seen = await Promise.all(
    NAMES.map(async (clone) => ((await succeeds(`test -e ${rootOf(clone)}${file}`)) ? clone : '')),
  );
  return seen.filter(Boolean);
}

describe('layers that change while the clones are stopped', () => {
  let machineId: string;

  beforeAll(async () => {
    machineId = await sh(`cat ${rootOf('clone1')}/etc/machine-id`);
    await quickTask('stop');
    expect(await mounted()).toEqual([]);
    await sh(`touch ${IMAGE}/etc/for-all ${overlayOf('clone2')}/etc/for-one`);
    await sh(`rm -rf ${overlayOf('clone1')} /var/lib/puppet-clone-army/clone1-workdir`);
    // The CA has a certificate for the name, but the key was in the overlay.
    await onServer(`puppetserver ca clean --certname ${certnameOf('clone1')}`);
    await quickTask('start');
  });

  test('a file in an overlay is visible in that clone only', async () => {
    expect(await seenBy('/etc/for-one')).toEqual(['clone2']);
  });

  test('a file in the base image is visible in all clones', async () => {
    expect(await seenBy('/etc/for-all')).toEqual(NAMES);
  });

  test('a clone whose overlay was deleted keeps its machine-id', async () => {
    expect(await sh(`cat ${rootOf('clone1')}/etc/machine-id`)).toBe(machineId);
  });
});

test("a clone takes over the host's name resolution when it starts", async () => {
  await sh("echo '192.0.2.1 added.example' >> /etc/hosts");
  try {
    await quickTask('stop', { clones: 'clone3' });
    await quickTask('start', { clones: 'clone3' });
    expect(await sh(`cat ${rootOf('clone3')}/etc/hosts`)).toContain('added.example');
    expect(await sh(`cat ${rootOf('clone4')}/etc/hosts`)).not.toContain('added.example');
  } finally {
    await sh("sed -i '/added.example/d' /etc/hosts");
  }
});

describe('disk usage', () => {
  const bound = DISK_MIB.service * 1024 ** 2;

  test('of overlays and images is in the status on request only', async () => {
    const { totals, clones, images, limits } = await quickTask('status', { disk: true });
    for (const { disk } of clones) {
      expect(disk).toBeGreaterThan(0);
      expect(disk).toBeLessThan(bound);
    }
    expect(totals.disk).toBe(clones.reduce((sum: number, { disk }: { disk: number }) => sum + disk, 0));
    expect(images).toContainEqual({ name: BASE, disk: expect.any(Number) });
    expect(limits).toContainEqual(
      expect.objectContaining({ limit: 'disk_free_mib', per_clone: DISK_MIB.service }),
    );
    expect(JSON.stringify(await quickTask('status'))).not.toContain('"disk":');
  });

  test('of a clone that logs without end stays within the limit', async () => {
    // About 20 MB in a journal without a limit.
    await sh(
      "systemd-run --machine=clone2 --quiet --wait /bin/sh -c 'seq 1000000000 1000040000 | logger; journalctl --sync'",
    );
    const { clones } = await quickTask('status', { clones: 'clone2', disk: true });
    expect(clones[0].disk).toBeGreaterThan(3 * 1024 ** 2);
    expect(clones[0].disk).toBeLessThan(bound);
  });
});

test('a replaced image stays while clones use it, however many builds follow', async () => {
  const aside = `/var/lib/puppet-clone-army/.${BASE}-replaced.1`;
  // What a build does at its end, without the minutes before it.
  const replace = (image: string) =>
    sh(
      `cd /usr/local/libexec/puppet-clone-army && . ./common.sh && . ./interrupted-builds.sh && . ./previous-images.sh &&
       name=${BASE} image=${IMAGE} root=${image} && discard_unused && replace_image`,
    );
  const mark = '/usr/share/puppet-clone-army/agent.json';
  const original = await sh(`stat -c %i ${IMAGE}${mark}`);
  for (const copy of ['second', 'third']) {
    await sh(`cp -a ${IMAGE} ${IMAGE}-${copy}`);
    await replace(`${IMAGE}-${copy}`);
  }
  try {
    expect(await sh(`stat -c %i ${aside}${mark}`)).toBe(original);
    expect(await seenBy(mark)).toEqual(NAMES);
    expect((await quickTask('status')).totals.older_image).toBe(NAMES.length);
  } finally {
    await sh(`rm -rf ${IMAGE} ${IMAGE}-replaced && mv ${aside} ${IMAGE}`);
  }
  expect((await quickTask('status')).totals.older_image).toBe(0);
});

test('a fleet that puts overlays on another base image is refused', async () => {
  const next = '/tmp/next.json';
  await sh(`sed 's/"base": "${BASE}"/"base": "other"/' /etc/puppet-clone-army/fleet.json > ${next}`);
  const check = `/usr/local/libexec/puppet-clone-army/check-fleet ${next}; rm ${next}`;
  const { stderr } = await host.ssh([check], { reject: false });
  expect(stderr).toMatch(
    /overlays of \d+ clones \(clone1, .* were made for base image .*, not for other: .* rm -rf clone\{1\.\./,
  );
});

test('root in a clone cannot open devices of the host, by whichever node', async () => {
  // /dev/kmsg, which root of the host can read.
  const open = 'head -c 0';
  await sh(
    `mknod /root/device c 1 11 && ${open} /root/device && mknod ${rootOf('clone2')}/root/device c 1 11`,
  );
  const inClone = (command: string) =>
    succeeds(`systemd-run --machine=clone2 --quiet --wait /bin/sh -c '${command}'`);
  expect(await inClone(`${open} /dev/urandom`)).toBe(true);
  expect(await inClone(`${open} /root/device`)).toBe(false);
  expect(await inClone('mknod /root/other c 1 11')).toBe(false);
});

test('an interrupted build does not change the image and leaves nothing behind', async () => {
  const before = await sh(`stat -c %i ${IMAGE}`);
  await sh(`touch /etc/puppet-clone-army/bases/${BASE}/definition`);
  await sh(
    `(timeout --signal=INT 5 /usr/local/libexec/puppet-clone-army/build-base ${BASE} > /dev/null 2>&1; true)`,
  );
  expect(await sh(`stat -c %i ${IMAGE}`)).toBe(before);
  expect(await succeeds(`test -e ${IMAGE}-building`)).toBe(false);
  expect(await succeeds(`/usr/local/libexec/puppet-clone-army/build-base --check ${BASE}`)).toBe(true);
});
