import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execa } from 'execa';
import fs from 'fs-extra';
import { writeVariant } from '../../generator/fixtures/prepare.ts';
import { variant } from '../../generator/fixtures/variants.ts';
import { type Definition, definitionOf, standInAgent } from './agents.ts';
import { aptSource, makeAptRepository, makeDeb } from './debs.ts';
import { type Build, Host } from './host.ts';
import { type Door, lock, type Server, serve } from './server.ts';
import { dismiss, makeSigner, type Signer } from './signer.ts';
import { Authority } from './tls.ts';

/** Versions in the vendors' repositories. */
const VERSIONS = ['8.1.0', '8.9.0', '8.10.0', '8.10.1', '8.11.0'];
/** The version in the archive of the distribution, which would do for most that is asked for. */
const OTHER = '8.99.0';
const PASSWORD = 'key-of-nobody';

let home: string;
let host: Host;
let right: Signer;
let wrong: Signer;
let plain: Server;
let locked: Server;
let door: Door;

const agent = (name: string) => (version: string) => ({
  name,
  version: `${version}-1+debian13`,
  files: standInAgent(version),
});

/** Puts the package that tells apt of a vendor's repository, as vendors make it, into copies of that. */
async function makeRelease(
  name: string,
  address: string,
  suite: string,
  component: string,
  copies: string[],
) {
  const files = await aptSource(name, { address, suite, component, signer: right });
  const deb = await makeDeb(home, { name, version: '1', files });
  for (const file of copies) await fs.copy(deb, path.join(home, file));
}

beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'deb-'));
  right = await makeSigner(path.join(home, 'right'), 'right');
  wrong = await makeSigner(path.join(home, 'wrong'), 'wrong');
  const openvox = { suite: 'debian13', component: 'openvox8' };
  const puppet = { suite: 'trixie', component: 'puppet8' };
  const archive = { suite: 'stable', component: 'main' };
  const repository = (
    folder: string,
    ...rest: Parameters<typeof makeAptRepository> extends [string, ...infer R] ? R : never
  ) => makeAptRepository(path.join(home, folder), ...rest);
  await Promise.all([
    repository('plain/openvox', openvox, VERSIONS.map(agent('openvox-agent')), right),
    repository('plain/forged', openvox, VERSIONS.map(agent('openvox-agent')), wrong),
    repository('plain/empty', openvox, [], right),
    repository('plain/puppet', puppet, [agent('puppet-agent')('8.10.0')], right),
    repository(
      'plain/archive',
      archive,
      ['openvox-agent', 'puppet-agent'].map((name) => agent(name)(OTHER)),
      right,
    ),
    repository('locked', puppet, [agent('puppet-agent')('8.12.0')], right),
  ]);
  await makeRelease('openvox8-release', 'https://apt.voxpupuli.org', 'debian13', 'openvox8', [
    'plain/openvox/openvox8-release-debian13.deb',
    'plain/forged/openvox8-release-debian13.deb',
    'plain/empty/openvox8-release-debian13.deb',
    'plain/absent/openvox8-release-debian13.deb',
  ]);
  await makeRelease('openvox8-release', 'https://elsewhere.example.com', 'debian13', 'openvox8', [
    'plain/elsewhere/openvox8-release-debian13.deb',
  ]);
  await makeRelease('puppet8-release', 'http://apt.puppet.com', 'trixie', 'puppet8', [
    'plain/puppet/puppet8-release-trixie.deb',
  ]);
  await makeRelease('puppet8-release', 'https://apt-puppetcore.puppet.com', 'trixie', 'puppet8', [
    'locked/public/puppet8-release-trixie.deb',
  ]);

  const authority = await Authority.make(path.join(home, 'ca'));
  door = lock('forge-key', PASSWORD);
  plain = await serve(path.join(home, 'plain'));
  locked = await serve(path.join(home, 'locked'), {
    tls: await authority.issue('locked.example.com'),
    intercept: door.intercept,
  });
  host = await Host.start(await writeVariant(variant('as published'), path.join(home, 'module')));
  await host.trust(authority.cert);
  await host.write(
    '/etc/hosts',
    '127.0.0.1 localhost vendor.example.com archive.example.com locked.example.com\n',
  );
  const address = `http://archive.example.com:${plain.port}/archive`;
  await host.writeToImages(await aptSource('archive', { ...archive, address, signer: right }));
});
afterAll(async () => {
  await host?.stop();
  await Promise.all([plain, locked].map((server) => server?.stop()));
  await Promise.all([right, wrong].map(dismiss));
  await rm(home, { recursive: true, force: true });
});

const at = (name: string) => `http://vendor.example.com:${plain.port}/${name}`;

function build(flavour: string, words: Definition, files?: Record<string, string>): Promise<Build> {
  return host.build(definitionOf(flavour, 'Debian', words), files);
}

const read = ({ root }: Build, file: string) => readFile(path.join(root, file), 'utf8');

describe('files/flavours/vendor.sh on Debian, for real', () => {
  test.each([
    { asked: '8', got: '8.11.0' },
    { asked: '8.10', got: '8.10.1' },
    { asked: '8.1', got: '8.1.0' },
    { asked: '8.10.0', got: '8.10.0' },
  ])(
    'installs $got where $asked is asked for, though the distribution has another',
    async ({ asked, got }) => {
      const outcome = await build('openvox', { VERSION: asked, REPOSITORY: at('openvox') });

      expect(outcome).toMatchObject({ code: 0, output: expect.stringContaining(`done, agent ${got}`) });
      expect(await read(outcome, 'etc/apt/sources.list.d/openvox8-release.list')).toBe(
        `deb [signed-by=/usr/share/keyrings/openvox8-release.asc] ${at('openvox')} debian13 openvox8\n`,
      );
    },
  );

  test('takes the place of an address that the vendor has without TLS', async () => {
    const outcome = await build('puppet', { REPOSITORY: at('puppet') });
    expect(outcome).toMatchObject({ code: 0, output: expect.stringContaining('done, agent 8.10.0') });
  });

  test.each([
    { why: 'is not signed by the vendor', from: 'forged', want: /not signed|NO_PUBKEY|signature/i },
    { why: 'lacks the agent', from: 'empty', want: /there is no openvox-agent 8 in http\S+\/empty$/ },
    {
      why: 'lacks the version',
      from: 'openvox',
      words: { VERSION: '8.2' },
      want: /there is no openvox-agent 8\.2 in http\S+\/openvox$/,
    },
    {
      why: 'has a release package of another',
      from: 'elsewhere',
      want: /openvox8-release-debian13\.deb names neither https:\/\/apt\.voxpupuli\.org nor http\S+\/elsewhere; take/,
    },
    {
      why: 'does not answer',
      from: 'absent',
      want: /absent/,
    },
    {
      why: 'has no release package',
      from: 'archive',
      want: /cannot fetch http\S+\/archive\/openvox8-release-debian13\.deb: curl exit code 22/,
    },
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
