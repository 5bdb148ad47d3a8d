import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execa } from 'execa';
import fs from 'fs-extra';
import { writeVariant } from '../../generator/fixtures/prepare.ts';
import { variant } from '../../generator/fixtures/variants.ts';
import { type Definition, definitionOf } from './agents.ts';
import { Host } from './host.ts';
import { PACKAGINGS, type Product } from './packaging.ts';
import { type Door, lock, type Server, serve } from './server.ts';
import { dismiss, makeSigner, type Signer } from './signer.ts';
import { Authority } from './tls.ts';

/** Packages in the vendors' repositories. */
const OPENVOX = ['8.1.0', '8.9.0', '8.10.0', '8.10.1', '8.11.0'].map((version) => ({
  name: 'openvox-agent',
  version,
}));
const PUPPET = [{ name: 'puppet-agent', version: '8.10.0' }];
/** Packages in the distribution's archive. They would satisfy most of the requested versions. */
const OTHERS = ['openvox-agent', 'puppet-agent'].map((name) => ({ name, version: '8.99.0' }));

const PASSWORD = 'key-of-nobody';

describe.each(PACKAGINGS)('files/flavours/vendor.sh on hosts of the family $family', (packaging) => {
  let home: string;
  let host: Host;
  let right: Signer;
  let wrong: Signer;
  let plain: Server;
  let locked: Server;
  let door: Door;

  /** Adds a flavour's release package, which names an address, to copies of the vendor's repository. */
  async function release(flavour: string, product: Product, address: string, copies: readonly string[]) {
    const scratch = path.join(home, 'releases', new URL(address).hostname);
    const made = await packaging.makeRelease(scratch, product, address, right);
    const file = definitionOf(flavour, packaging.family).RELEASE_PACKAGE ?? '';
    for (const copy of copies) await fs.copy(made, path.join(home, copy, file));
  }

  beforeAll(async () => {
    home = await mkdtemp(path.join(os.tmpdir(), 'vendor-'));
    right = await makeSigner(path.join(home, 'right'), 'right');
    wrong = await makeSigner(path.join(home, 'wrong'), 'wrong');
    const repository = (folder: string, ...rest: [Product, typeof OPENVOX, Signer?]) =>
      packaging.makeRepository(path.join(home, folder), ...rest);
    await Promise.all([
      repository('plain/openvox', 'openvox8', OPENVOX, right),
      repository('plain/forged', 'openvox8', OPENVOX, wrong),
      repository('plain/unsigned', 'openvox8', OPENVOX),
      repository('plain/empty', 'openvox8', [], right),
      repository('plain/puppet', 'puppet8', PUPPET, right),
      repository('plain/archive', 'openvox8', OTHERS, right),
      repository('locked', 'puppet8', PUPPET, right),
    ]);
    const vendor = (flavour: string) => definitionOf(flavour, packaging.family).VENDOR ?? '';
    const copies = ['openvox', 'forged', 'unsigned', 'empty', 'absent'].map((name) => `plain/${name}`);
    await release('openvox', 'openvox8', vendor('openvox'), copies);
    await release('openvox', 'openvox8', 'https://elsewhere.example.com', ['plain/elsewhere']);
    await release('puppet', 'puppet8', vendor('puppet').replace('https:', 'http:'), ['plain/puppet']);
    await release('puppetcore', 'puppet8', vendor('puppetcore'), ['locked']);

    const authority = await Authority.make(path.join(home, 'ca'));
    door = lock('forge-key', PASSWORD);
    plain = await serve(path.join(home, 'plain'));
    locked = await serve(path.join(home, 'locked'), {
      tls: await authority.issue('locked.example.com'),
      intercept: door.intercept,
    });
    host = await Host.start(await writeVariant(variant('as published'), path.join(home, 'module')));
    await host.trust(authority.cert);
    const names = ['vendor', 'archive', 'locked'].map((name) => `${name}.example.com`);
    await host.write('/etc/hosts', `127.0.0.1 localhost ${names.join(' ')}\n`);
    const address = `http://archive.example.com:${plain.port}/archive`;
    await host.writeToImages(await packaging.archive(address, right));
  });
  afterAll(async () => {
    await host?.stop();
    await Promise.all([plain, locked].map((server) => server?.stop()));
    await Promise.all([right, wrong].map(dismiss));
    await rm(home, { recursive: true, force: true });
  });

  /** Address of a copy of a vendor's repository. */
  const at = (name: string) => `http://vendor.example.com:${plain.port}/${name}`;

  const build = (flavour: string, words: Definition, files?: Record<string, string>) =>
    host.build(definitionOf(flavour, packaging.family, words), files);

  test.each([
    { asked: '8', got: '8.11.0' },
    { asked: '8.10', got: '8.10.1' },
    { asked: '8.1', got: '8.1.0' },
    { asked: '8.10.0', got: '8.10.0' },
  ])('installs $got for version $asked', async ({ asked, got }) => {
    const outcome = await build('openvox', { VERSION: asked, REPOSITORY: at('openvox') });

    expect(outcome).toMatchObject({ code: 0, output: expect.stringContaining(`done, agent ${got}`) });
  });

  test('reaches the repository through the proxy that apt on the host has', async () => {
    // Serves the path of any address; the name leads nowhere without it.
    const proxy = `http://127.0.0.1:${plain.port}`;
    await host.write('/etc/apt/apt.conf.d/90proxy', `Acquire::http::Proxy "${proxy}";\n`);
    await host.write('/mnt/files/etc/apt/apt.conf.d/99mmdebstrap', `Acquire::http::Proxy "${proxy}";\n`);
    await host.write('/mnt/files/etc/dnf/more.conf', `proxy=${proxy}\n`);
    const outcome = await build('openvox', { REPOSITORY: 'http://unreachable.example.com/openvox' });
    const files = [
      '/etc/apt/apt.conf.d/90proxy',
      '/mnt/files/etc/apt/apt.conf.d/99mmdebstrap',
      '/mnt/files/etc/dnf/more.conf',
    ];
    for (const file of files) await fs.remove(host.path(file));

    expect(outcome).toMatchObject({ code: 0, output: expect.stringContaining('done, agent 8.11.0') });
  });

  test('uses the copy instead of the vendor, even if the release package names the vendor without TLS', async () => {
    const outcome = await build('puppet', { REPOSITORY: at('puppet') });

    expect(outcome).toMatchObject({ code: 0, output: expect.stringContaining('done, agent 8.10.0') });
    const { file, text } = packaging.source('puppet8', at('puppet'));
    expect(await readFile(path.join(outcome.root, file), 'utf8')).toContain(text);
  });

  test.each<{ why: string; from: string; words?: Definition; want: RegExp }>([
    { why: 'is signed with another key', from: 'forged', want: /GPG|NO_PUBKEY|signature/ },
    { why: 'is not signed', from: 'unsigned', want: /not signed/ },
    { why: 'lacks the agent', from: 'empty', want: /openvox-agent[ -]8/ },
    {
      why: 'lacks the requested version',
      from: 'openvox',
      words: { VERSION: '8.2' },
      want: /openvox-agent[ -]8\.2/,
    },
    {
      why: 'contains the release package of another vendor',
      from: 'elsewhere',
      want: /openvox8-release\S+ contains neither https:\/\/\w+\.voxpupuli\.org nor http\S+\/elsewhere; use/,
    },
    { why: 'has no metadata', from: 'absent', want: /(E: The repository 'http|404 for http)\S+\/absent/ },
    {
      why: 'has no release package',
      from: 'nothing',
      want: /cannot fetch http\S+\/nothing\/openvox8-release\S+: curl exit code 22/,
    },
  ])('fails if the repository $why', async ({ from, words, want }) => {
    const before = await host.images();
    const { code, output } = await build('openvox', { REPOSITORY: at(from), ...words });

    expect(code).toBeGreaterThan(0);
    expect(output).toMatch(want);
    expect(await host.images()).toEqual(before);
  });

  describe('with credentials', () => {
    const words = () => ({ REPOSITORY: `https://locked.example.com:${locked.port}` });

    test('reads the repository, and the credentials leak neither to processes nor into the image', async () => {
      const outcome = await build('puppetcore', words(), { credentials: `forge-key\n${PASSWORD}\n` });

      expect(outcome).toMatchObject({ code: 0, output: expect.stringContaining('done, agent 8.10.0') });
      expect(door.opened).toBeGreaterThan(1);
      expect(door.leaks).toEqual([]);
      const { exitCode, stdout } = await execa('grep', ['-rl', PASSWORD, outcome.changes], { reject: false });
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    });

    test('fails if they are wrong', async () => {
      const { code, output } = await build('puppetcore', words(), { credentials: 'forge-key\nanother\n' });
      expect(code).toBeGreaterThan(0);
      expect(output).toMatch(/401/);
    });
  });
});
