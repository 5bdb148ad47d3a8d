import { mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execa } from 'execa';
import fs from 'fs-extra';
import { writeVariant } from '../../generator/fixtures/prepare.ts';
import { variant } from '../../generator/fixtures/variants.ts';
import { makeRepository, NO_INPUT, type Rpm } from './rpms.ts';
import { dismiss, makeSigner, type Signer } from './signer.ts';

/** Packages that dnf.sh installs. Before release 10, the command passwd has its own package. */
const COMMON: readonly Rpm[] = [
  {
    name: 'rocky-release',
    files: {
      '/etc/yum.repos.d/rocky.repo':
        '[baseos]\nname=BaseOS\nbaseurl=http://archive.example.com/baseos\nenabled=1',
    },
    script: `local file = io.open("/etc/null", "w") file:write(posix.stat("/dev/null", "type")) file:close()`,
  },
  ...['systemd', 'dbus', 'util-linux', 'procps-ng', 'iproute', 'ca-certificates'].map((name) => ({ name })),
  { name: 'glibc-minimal-langpack' },
  { name: 'dnf' },
  { name: 'nginx' },
];
const RELEASE_9: readonly Rpm[] = [
  ...COMMON,
  { name: 'shadow-utils' },
  { name: 'passwd', files: { '/usr/bin/passwd': '' } },
];
const RELEASE_10: readonly Rpm[] = [...COMMON, { name: 'shadow-utils', files: { '/usr/bin/passwd': '' } }];

const KEY = 'RPM-GPG-KEY-Rocky';

let home: string;
let module: string;
let right: Signer;
let wrong: Signer;

beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'rpm-'));
  module = await writeVariant(variant('one host system, of the Red Hat family'), path.join(home, 'module'));
  right = await makeSigner(path.join(home, 'right'), 'right');
  wrong = await makeSigner(path.join(home, 'wrong'), 'wrong');
  await Promise.all([
    makeRepository(path.join(home, '9'), RELEASE_9, right),
    makeRepository(path.join(home, '10'), RELEASE_10, right),
    makeRepository(path.join(home, 'unsigned'), RELEASE_9),
    makeRepository(
      path.join(home, 'incomplete'),
      RELEASE_9.filter(({ name }) => name !== 'procps-ng'),
      right,
    ),
  ]);
});
afterAll(async () => {
  await Promise.all([right, wrong].map(dismiss));
  await rm(home, { recursive: true, force: true });
});

/** Files in /etc that programs of this machine need in the simulated /etc as well. */
const ETC = ['alternatives', 'dnf', 'group', 'ld.so.cache', 'nsswitch.conf', 'passwd'];

/** A simulated /etc of a Red Hat host. The signer's key serves as the key of the distribution. */
async function hostWith({ signer, repository }: { signer?: Signer; repository?: string }) {
  const host = await mkdtemp(path.join(home, 'host-'));
  const etc = path.join(host, 'etc');
  for (const name of ETC) await fs.copy(path.join('/etc', name), path.join(etc, name));
  // Built-in defaults of dnf: signatures are not checked.
  await fs.writeFile(path.join(etc, 'dnf/dnf.conf'), '[main]\n');
  await fs.ensureDir(path.join(etc, 'pki/rpm-gpg'));
  await fs.ensureDir(path.join(etc, 'yum.repos.d'));
  if (signer) {
    for (const release of ['9', '10'])
      await fs.copy(signer.key, path.join(etc, `pki/rpm-gpg/${KEY}-${release}`));
  }
  if (repository) {
    const gpgkey = `gpgkey=file:///etc/pki/rpm-gpg/${KEY}-$releasever`;
    await fs.outputFile(
      path.join(etc, 'yum.repos.d/site.repo'),
      `[site]\nname=Site\nbaseurl=${mirror(repository)}\n${gpgkey}\n`,
    );
  }
  return { host, etc, root: path.join(host, 'root') };
}

type Host = Awaited<ReturnType<typeof hostWith>>;

/** Runs the module's script on this machine with the simulated /etc. */
async function layOut({ etc, root }: Host, env: Record<string, string>) {
  const script = path.join(module, 'files/bootstrap/dnf.sh');
  const onHost = ['--mount', 'sh', '-ec', 'mount --bind "$0" /etc; exec "$1"', etc, script];
  const { exitCode, all } = await execa('unshare', onHost, {
    env: { root, OS: 'Rocky', RELEASE: '9', MIRROR: '', PACKAGES: '', ...env },
    ...NO_INPUT,
    all: true,
    reject: false,
  });
  return { code: exitCode, output: all };
}

function mirror(name: string): string {
  return `file://${path.join(home, name, 'repository')}`;
}

async function mountedBelow(folder: string): Promise<string[]> {
  const mounts = (await readFile('/proc/self/mountinfo', 'utf8')).trim().split('\n');
  return mounts.map((line) => line.split(' ')[4] ?? '').filter((place) => place.startsWith(folder));
}

/** Names of the packages in the image's RPM database. */
async function packagesIn({ root }: Host): Promise<string[]> {
  const { stdout } = await execa(
    'dnf',
    [
      `--installroot=${root}`,
      '--disablerepo=*',
      '--quiet',
      'repoquery',
      '--installed',
      '--queryformat=%{name}',
    ],
    NO_INPUT,
  );
  return stdout.split('\n').sort();
}

describe('files/bootstrap/dnf.sh with a mirror', () => {
  test.each([
    { release: '9', rpms: RELEASE_9 },
    { release: '10', rpms: RELEASE_10 },
  ])(
    'lays out release $release with the command passwd, whichever package contains it',
    async ({ release, rpms }) => {
      const host = await hostWith({ signer: right });
      const outcome = await layOut(host, { RELEASE: release, MIRROR: mirror(release), PACKAGES: 'nginx' });

      expect(outcome).toMatchObject({ code: 0 });
      expect(await packagesIn(host)).toEqual(expect.arrayContaining(rpms.map(({ name }) => name).sort()));
      expect(await fs.pathExists(path.join(host.root, 'usr/bin/passwd'))).toBe(true);
    },
  );

  describe('leaves an image', () => {
    let host: Host;
    const read = (file: string) => readFile(path.join(host.root, file), 'utf8');

    beforeAll(async () => {
      host = await hostWith({ signer: right });
      await layOut(host, { MIRROR: mirror('9') });
    });

    test('that has packages from the mirror alone, by the same key', async () => {
      expect(await read('etc/yum.repos.d/clone-army.repo')).toContain(`baseurl=${mirror('9')}\ngpgcheck=1\n`);
      expect(await read('etc/yum.repos.d/rocky.repo')).toMatch(/^\[baseos\]\nenabled=0\n(?!.*enabled=1)/s);
      expect(await read(`etc/pki/rpm-gpg/${KEY}-9`)).toBe(await readFile(right.key, 'utf8'));
    });

    test('whose packages were installed with a real /dev/null', async () => {
      expect(await read('etc/null')).toBe('character device');
      expect(await readdir(path.join(host.root, 'dev'))).toEqual([]);
    });

    test('that contains no repository metadata and does not fetch any in the background', async () => {
      expect(await readlink(path.join(host.root, 'etc/systemd/system/dnf-makecache.timer'))).toBe(
        '/dev/null',
      );
      expect(await fs.pathExists(path.join(host.root, 'var/cache/dnf'))).toBe(false);
    });

    test('without packages that were not requested', async () => {
      expect(await packagesIn(host)).not.toContain('nginx');
    });
  });

  test.each<{ why: string; from: string; signer: () => Signer; packages?: string; want: RegExp }>([
    { why: 'signed with another key', from: '9', signer: () => wrong, want: /key|signature|GPG/i },
    { why: 'not signed', from: 'unsigned', signer: () => right, want: /not signed/ },
    { why: 'missing from the repository', from: 'incomplete', signer: () => right, want: /procps-ng/ },
    {
      why: 'missing, although the definition requests them',
      from: '9',
      signer: () => right,
      packages: 'no-such',
      want: /no-such/,
    },
  ])('fails where packages are $why', async ({ from, signer, packages = '', want }) => {
    const host = await hostWith({ signer: signer() });
    const { code, output } = await layOut(host, { MIRROR: mirror(from), PACKAGES: packages });

    expect(code).toBeGreaterThan(0);
    expect(output).toMatch(want);
    expect(await mountedBelow(host.root)).toEqual([]);
    expect(await fs.pathExists(path.join(host.root, 'etc/yum.repos.d/rocky.repo'))).toBe(false);
  });

  test('fails with the names of the missing keys if the host has no key', async () => {
    const host = await hostWith({});
    const { code, output } = await layOut(host, { MIRROR: mirror('9') });
    expect({ code, output }).toEqual({
      code: 1,
      output:
        'dnf.sh: no key to verify packages of Rocky 9: /etc/pki/rpm-gpg has none of RPM-GPG-KEY-Rocky-9 RPM-GPG-KEY-rockyofficial; install one of them there',
    });
  });
});

describe('files/bootstrap/dnf.sh without a mirror', () => {
  test('lays out the system from the repositories of the host and configures them in the image', async () => {
    const host = await hostWith({ signer: right, repository: '9' });
    expect(await layOut(host, {})).toMatchObject({ code: 0 });

    expect(await packagesIn(host)).toEqual(expect.arrayContaining(['rocky-release', 'systemd', 'passwd']));
    expect(await readFile(path.join(host.root, 'etc/yum.repos.d/site.repo'), 'utf8')).toContain(mirror('9'));
    expect(await fs.pathExists(path.join(host.root, `etc/pki/rpm-gpg/${KEY}-9`))).toBe(true);
    expect(await mountedBelow(host.root)).toEqual([]);
  });

  test.each([
    { why: 'signed with another key', repository: '9', signer: () => wrong },
    {
      why: 'unsigned, even if the repository does not require signatures',
      repository: 'unsigned',
      signer: () => right,
    },
  ])('fails where packages are $why', async ({ repository, signer }) => {
    const host = await hostWith({ signer: signer(), repository });
    const { code, output } = await layOut(host, {});
    expect(code).toBeGreaterThan(0);
    expect(output).toMatch(/GPG|not signed/);
  });

  test('fails with the name of a package that the repositories of the host lack', async () => {
    const host = await hostWith({ signer: right, repository: '9' });
    const { code, output } = await layOut(host, { OS: 'AlmaLinux' });
    expect(code).toBeGreaterThan(0);
    expect(output).toMatch(/almalinux-release/);
  });
});
