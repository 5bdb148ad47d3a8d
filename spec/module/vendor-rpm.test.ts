import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execa } from 'execa';
import fs from 'fs-extra';
import { writeVariant } from '../../generator/fixtures/prepare.ts';
import { variant } from '../../generator/fixtures/variants.ts';
import { type Definition, definitionOf, standInAgent } from './agents.ts';
import { type Build, Host } from './host.ts';
import { makeRepository, type Rpm } from './rpms.ts';
import { type Door, lock, type Server, serve } from './server.ts';
import { dismiss, makeSigner, type Signer } from './signer.ts';
import { Authority } from './tls.ts';

/** Versions in the vendors' repositories. */
const VERSIONS = ['8.1.0', '8.10.0', '8.10.1', '8.11.0'];
const PASSWORD = 'key-of-nobody';

let home: string;
let host: Host;
let right: Signer;
let wrong: Signer;
let plain: Server;
let locked: Server;
let door: Door;

const agent = (name: string) => (version: string) => ({ name, version, files: standInAgent(version) });

/** Makes a repository as vendors lay theirs out: by product, system, release and architecture. */
async function makeProduct(folder: string, product: string, rpms: readonly Rpm[], signer?: Signer) {
  const made = path.join(home, 'made', folder);
  await makeRepository(made, rpms, signer);
  const { stdout: architecture } = await execa('uname', ['-m']);
  await fs.move(path.join(made, 'repository'), path.join(home, folder, product, 'el/9', architecture));
}

/** Puts the package that tells dnf of a vendor's repository, as vendors make it, into copies of that. */
async function makeRelease(address: string, product: string, copies: readonly string[]) {
  const name = `${product}-release`;
  const key = `/etc/pki/rpm-gpg/RPM-GPG-KEY-${name}`;
  const repository = `[${product}]
name=Agents
baseurl=${address}/${product}/el/9/$basearch
enabled=1
gpgcheck=1
gpgkey=file://${key}`;
  const files = { [`/etc/yum.repos.d/${name}.repo`]: repository, [key]: await readFile(right.key, 'utf8') };
  const made = path.join(home, 'made', new URL(address).hostname);
  await makeRepository(made, [{ name, files }]);
  for (const copy of copies) {
    await fs.copy(
      path.join(made, `repository/noarch/${name}-1-1.noarch.rpm`),
      path.join(home, copy, `${name}-el-9.noarch.rpm`),
    );
  }
}

beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'rpm-'));
  right = await makeSigner(path.join(home, 'right'), 'right');
  wrong = await makeSigner(path.join(home, 'wrong'), 'wrong');
  const newest = [agent('openvox-agent')('8.11.0')];
  await Promise.all([
    makeProduct('plain/openvox', 'openvox8', VERSIONS.map(agent('openvox-agent')), right),
    makeProduct('plain/forged', 'openvox8', newest, wrong),
    makeProduct('plain/unsigned', 'openvox8', newest),
    makeProduct('plain/empty', 'openvox8', [{ name: 'another' }], right),
    makeProduct('locked', 'puppet8', [agent('puppet-agent')('8.12.0')], right),
  ]);
  await makeRelease(
    'https://yum.voxpupuli.org',
    'openvox8',
    ['openvox', 'forged', 'unsigned', 'empty', 'absent'].map((name) => `plain/${name}`),
  );
  await makeRelease('https://yum-puppetcore.puppet.com', 'puppet8', ['locked/public']);

  const authority = await Authority.make(path.join(home, 'ca'));
  door = lock('forge-key', PASSWORD);
  plain = await serve(path.join(home, 'plain'));
  locked = await serve(path.join(home, 'locked'), {
    tls: await authority.issue('locked.example.com'),
    intercept: door.intercept,
  });
  host = await Host.start(await writeVariant(variant('as published'), path.join(home, 'module')));
  await host.trust(authority.cert);
  await host.write('/etc/hosts', '127.0.0.1 localhost vendor.example.com locked.example.com\n');
});
afterAll(async () => {
  await host?.stop();
  await Promise.all([plain, locked].map((server) => server?.stop()));
  await Promise.all([right, wrong].map(dismiss));
  await rm(home, { recursive: true, force: true });
});

const at = (name: string) => `http://vendor.example.com:${plain.port}/${name}`;

function build(flavour: string, words: Definition, files?: Record<string, string>): Promise<Build> {
  return host.build(definitionOf(flavour, 'RedHat', words), files);
}

describe('files/flavours/vendor.sh on the Red Hat family, for real', () => {
  test.each([
    { asked: '8', got: '8.11.0' },
    { asked: '8.10', got: '8.10.1' },
    { asked: '8.1', got: '8.1.0' },
    { asked: '8.10.0', got: '8.10.0' },
  ])('installs $got where $asked is asked for', async ({ asked, got }) => {
    const outcome = await build('openvox', { VERSION: asked, REPOSITORY: at('openvox') });

    expect(outcome).toMatchObject({ code: 0, output: expect.stringContaining(`done, agent ${got}`) });
    const repository = await readFile(
      path.join(outcome.root, 'etc/yum.repos.d/openvox8-release.repo'),
      'utf8',
    );
    expect(repository).toContain(`baseurl=${at('openvox')}/openvox8/el/9/$basearch\nenabled=1\ngpgcheck=1\n`);
  });

  test.each([
    { why: 'has an agent that is signed by somebody else', from: 'forged', want: /GPG/ },
    { why: 'has an agent that is not signed', from: 'unsigned', want: /not signed/ },
    { why: 'lacks the agent', from: 'empty', want: /openvox-agent-8\.\*/ },
    { why: 'lacks the version', from: 'openvox', words: { VERSION: '8.2' }, want: /openvox-agent-8\.2\.\*/ },
    { why: 'does not answer', from: 'absent', want: /404 for http\S+\/absent\/openvox8\/el\/9\// },
  ])('fails where the repository $why', async ({ from, words, want }) => {
    const before = await host.images();
    const { code, output } = await build('openvox', { REPOSITORY: at(from), ...words });

    expect(code).toBeGreaterThan(0);
    expect(output).toMatch(want);
    expect(await host.images()).toEqual(before);
  });

  describe('with credentials', () => {
    const words = () => ({ REPOSITORY: `https://locked.example.com:${locked.port}` });

    test('opens the repository, and keeps them to itself', async () => {
      const outcome = await build('puppetcore', words(), { credentials: `forge-key\n${PASSWORD}\n` });

      expect(outcome).toMatchObject({ code: 0, output: expect.stringContaining('done, agent 8.12.0') });
      expect(door).toMatchObject({ opened: expect.any(Number), leaks: [] });
      expect(door.opened).toBeGreaterThan(1);
      const { exitCode, stdout } = await execa('grep', ['-rl', PASSWORD, outcome.changes], { reject: false });
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    });

    test('fails where they are wrong', async () => {
      const { code, output } = await build('puppetcore', words(), { credentials: 'forge-key\nanother\n' });
      expect(code).toBeGreaterThan(0);
      expect(output).toMatch(/401/);
    });
  });
});
