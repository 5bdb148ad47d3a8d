import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { applyCode } from '../../lab/bolt.ts';
import { gemSource } from '../../lab/gems.ts';
import { SERVER } from '../../lab/hosts.ts';
import { reports } from '../../lab/server/record.ts';
import {
  apply,
  BASE,
  certnameOf,
  changes,
  checkedIn,
  host,
  NAMES,
  release,
  rootOf,
  running,
  SETTINGS,
  server,
  sh,
  task,
} from './support.ts';

/** A folder of the host that is laid over one of the bases. */
const PATCH = '/srv/patch';

/** Gems come from where this machine has its own from. */
const GEMS = await gemSource();

const gem = (name: string, version: string) =>
  `{ 'flavour' => 'gem', 'gem' => '${name}', 'version' => '${version}', 'repository' => '${GEMS}', 'count' => 2 }`;

/** Puppet code of each base by its name, and what versions of its agents begin with: none is newer than the server. */
const BASES: Record<string, { code: string; version: string }> = {
  bookworm: {
    [BASE]: { code: `{ 'count' => 2, ${SETTINGS} }`, version: '7.' },
    'puppet-7': { code: gem('puppet', '7.34'), version: '7.34.' },
  },
  trixie: {
    [BASE]: { code: `{ 'count' => 2, ${SETTINGS} }`, version: '8.10.' },
    'puppet-7': { code: gem('puppet', '7.34'), version: '7.34.' },
    'openvox-8': { code: gem('openvox', '8'), version: '8.' },
    'openvox-9': { code: gem('openvox', '9'), version: '9.' },
    'debian-12': {
      code: `{ 'image' => 'debian-12', 'count' => 2, 'prefix' => 'odd', 'patches' => ['${PATCH}'] }`,
      version: '7.23.',
    },
  },
}[release.suite] as never;

const CODE = `class { 'clone_army':
  master => '${SERVER}',
  bases  => {
${Object.entries(BASES)
  .map(([name, { code }]) => `    '${name}' => ${code},`)
  .join('\n')}
  },
}`;

/** Clones of a base: their prefix is its name, unless it has one of its own. */
const clonesOf = (base: string) =>
  [1, 2].map((i) => (BASES[base]?.code.includes('odd') ? `odd${i}` : `${base}-${i}`));
const CLONES = Object.keys(BASES).flatMap(clonesOf);

afterAll(async () => {
  await apply();
  await task('start');
});

beforeAll(async () => {
  await sh(`mkdir -p ${PATCH}/etc && echo patched > ${PATCH}/etc/motd`);
});

test('one fleet stands on several bases, and each clone tells the server the version of its own agent', async () => {
  const since = Date.now();
  const result = await applyCode(host, CODE);
  expect(result.value._error).toBeUndefined();
  // The clones that were there have left the fleet.
  expect(await running()).toEqual([]);

  expect((await task('start')).value.totals).toMatchObject({
    clones: CLONES.length,
    changed: CLONES.length,
    failed: 0,
  });
  await checkedIn(CLONES, since);
  const versions: Record<string, unknown> = {};
  for (const clone of CLONES) {
    const [report] = await reports(server, certnameOf(clone), since);
    versions[clone] = /^puppet_version: ['"]?([\d.]+)['"]?$/m.exec(report ?? '')?.[1];
  }
  expect(versions).toEqual(
    Object.fromEntries(
      Object.entries(BASES).flatMap(([base, { version }]) =>
        clonesOf(base).map((clone) => [clone, expect.stringContaining(version)]),
      ),
    ),
  );
});

test('a patch lies over all clones of its base', async () => {
  for (const base of Object.keys(BASES)) {
    const patched = BASES[base]?.code.includes(PATCH) ?? false;
    for (const clone of clonesOf(base)) {
      const motd = await sh(`cat ${rootOf(clone)}/etc/motd 2> /dev/null || true`);
      expect({ clone, patched: motd === 'patched' }).toEqual({ clone, patched });
    }
  }
});

test('tasks select by base', async () => {
  const { value } = await task('stop', { base: 'puppet-7' });
  expect(value.clones.map(({ name }: { name: string }) => name)).toEqual(clonesOf('puppet-7'));
  expect(await running()).toEqual(CLONES.filter((clone) => !clonesOf('puppet-7').includes(clone)).sort());
  expect((await task('status', { base: BASE })).value.totals).toMatchObject({ clones: 2, running: 2 });
});

test('the same definition again changes nothing', async () => {
  expect(changes(await applyCode(host, CODE))).toEqual({ changed: 0, failed: 0 });
});

test('the fleet of before comes back as it was', async () => {
  expect((await apply()).value._error).toBeUndefined();
  expect((await task('status')).value.clones.map(({ name }: { name: string }) => name)).toEqual(NAMES);
});
