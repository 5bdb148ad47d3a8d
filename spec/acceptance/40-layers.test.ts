import { afterAll, describe, expect, test } from '@jest/globals';
import { DISK_MIB } from '../../model/limits.ts';
import {
  BASE,
  certnameOf,
  mounted,
  NAMES,
  onServer,
  overlayOf,
  rootOf,
  sh,
  succeeds,
  task,
} from './support.ts';

const IMAGE = `/var/lib/puppet-clone-army/${BASE}`;

/** Clones in whose root a file can be seen. */
async function seenBy(file: string): Promise<string[]> {
  const seen = await Promise.all(
    NAMES.map(async (clone) => ((await succeeds(`test -e ${rootOf(clone)}${file}`)) ? clone : '')),
  );
  return seen.filter(Boolean);
}

afterAll(async () => {
  await task('stop');
  await sh(`rm -f ${IMAGE}/etc/for-all ${overlayOf('clone2')}/etc/for-one`);
  await task('start');
});

describe('editing layers', () => {
  test('an overlay: that clone alone shows it', async () => {
    await task('stop', { clones: 'clone2' });
    await sh(`touch ${overlayOf('clone2')}/etc/for-one`);
    await task('start', { clones: 'clone2' });
    expect(await seenBy('/etc/for-one')).toEqual(['clone2']);
  });

  test('the base image: all show it', async () => {
    await task('stop');
    expect(await mounted()).toEqual([]);
    await sh(`touch ${IMAGE}/etc/for-all`);
    await task('start');
    expect(await seenBy('/etc/for-all')).toEqual(NAMES);
    expect(await seenBy('/etc/for-one')).toEqual(['clone2']);
  });

  test('an overlay that is reset: the same clone, with a new key', async () => {
    const id = await sh(`cat ${rootOf('clone1')}/etc/machine-id`);
    await task('stop', { clones: 'clone1' });
    await sh(`rm -rf ${overlayOf('clone1')} /var/lib/puppet-clone-army/clone1-workdir`);
    // The CA holds a certificate of that name; its owner's key is gone.
    await onServer(`puppetserver ca clean --certname ${certnameOf('clone1')}`);
    await task('start', { clones: 'clone1' });
    expect(await sh(`cat ${rootOf('clone1')}/etc/machine-id`)).toBe(id);
    expect(await seenBy('/etc/for-all')).toEqual(NAMES);
  });

  test("the host's name resolution is taken over at every start", async () => {
    await sh("echo '192.0.2.1 added.example' >> /etc/hosts");
    try {
      await task('stop', { clones: 'clone3' });
      await task('start', { clones: 'clone3' });
      expect(await sh(`cat ${rootOf('clone3')}/etc/hosts`)).toContain('added.example');
      expect(await sh(`cat ${rootOf('clone4')}/etc/hosts`)).not.toContain('added.example');
    } finally {
      await sh("sed -i '/added.example/d' /etc/hosts");
    }
  });
});

describe('the disk', () => {
  const bound = DISK_MIB.service * 1024 ** 2;

  test('the status tells on request what layers and images take of it', async () => {
    const { totals, clones, images, limits } = (await task('status', { disk: true })).value;
    for (const { disk } of clones) {
      expect(disk).toBeGreaterThan(0);
      expect(disk).toBeLessThan(bound);
    }
    expect(totals.disk).toBe(clones.reduce((sum: number, { disk }: { disk: number }) => sum + disk, 0));
    expect(images).toContainEqual({ name: BASE, disk: expect.any(Number) });
    expect(limits).toContainEqual(
      expect.objectContaining({ limit: 'disk_free_mib', per_clone: DISK_MIB.service }),
    );
    expect(JSON.stringify((await task('status')).value)).not.toContain('"disk":');
  });

  test('a clone that logs without end takes no more of it than others', async () => {
    // About 20 MB, if nothing bounded the journal.
    await sh(
      "systemd-run --machine=clone2 --quiet --wait /bin/sh -c 'seq 1000000000 1000040000 | logger; journalctl --sync'",
    );
    const { clones } = (await task('status', { clones: 'clone2', disk: true })).value;
    expect(clones[0].disk).toBeGreaterThan(3 * 1024 ** 2);
    expect(clones[0].disk).toBeLessThan(bound);
  });
});

test('an interrupted build leaves the image as it was, and the next one cleans up', async () => {
  const before = await sh(`stat -c %i ${IMAGE}`);
  await sh(`touch /etc/puppet-clone-army/bases/${BASE}/definition`);
  await sh(
    `(timeout --signal=INT 5 /usr/local/libexec/puppet-clone-army/build-base ${BASE} > /dev/null 2>&1; true)`,
  );
  expect(await sh(`stat -c %i ${IMAGE}`)).toBe(before);
  expect(await succeeds(`test -e ${IMAGE}-building`)).toBe(false);
  expect(await succeeds(`/usr/local/libexec/puppet-clone-army/build-base --check ${BASE}`)).toBe(true);
});
