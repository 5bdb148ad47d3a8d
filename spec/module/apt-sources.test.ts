import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import fs from 'fs-extra';
import { writeVariant } from '../../generator/fixtures/prepare.ts';
import { variant } from '../../generator/fixtures/variants.ts';
import { makeAptRepository } from './debs.ts';
import { Host } from './host.ts';
import { type Server, serve } from './server.ts';
import { dismiss, makeSigner, type Signer } from './signer.ts';

const KEYS = '/usr/share/keyrings';
const LISTS = '/etc/apt/sources.list.d';

/** apt knows no empty archives. */
const PACKAGE = { name: 'base-files', version: '1', files: {} };

/** Takes the place of mmdebstrap: records its input, and lays out what the script changes afterwards. */
const MMDEBSTRAP = `#!/bin/sh
for last; do
  case $last in --aptopt=*) options=\${last#*=} ;; esac
  [ "$last" != - ] || root=$before
  before=$last
done
mkdir -p "$root/etc/apt/apt.conf.d" "$root/etc/systemd/system" "$root/usr/share/keyrings"
cat > "$root/etc/apt/sources.list"
cp "$options" "$root/etc/apt/apt.conf.d/99mmdebstrap"
`;

// What apt itself says about sources and options, on a host with archives on loopback.
describe('files/bootstrap/mmdebstrap.sh', () => {
  let home: string;
  let host: Host;
  let server: Server;
  let signer: Signer;
  let archive: string;
  let builds = 0;

  const repository = (folder: string, origin?: string) =>
    makeAptRepository(
      path.join(home, folder),
      { suite: 'trixie', component: 'main', origin },
      [PACKAGE],
      signer,
    );

  beforeAll(async () => {
    home = await mkdtemp(path.join(os.tmpdir(), 'apt-sources-'));
    signer = await makeSigner(path.join(home, 'signer'), 'archive');
    await Promise.all([
      repository('debian', 'Debian'),
      repository('vendor', 'Vendor'),
      repository('nameless'),
    ]);
    server = await serve(home);
    archive = `http://127.0.0.1:${server.port}`;
    const module = await writeVariant(variant('as published'), path.join(home, 'module'));
    host = await Host.start(module);
    await host.write('/usr/local/bin/mmdebstrap', MMDEBSTRAP);
    await host.run('chmod', '0755', '/usr/local/bin/mmdebstrap');
    const libexec = '/usr/local/libexec/puppet-clone-army';
    await fs.copy(
      path.join(module, 'files/bootstrap/mmdebstrap.sh'),
      host.path(`${libexec}/bootstrap/mmdebstrap.sh`),
    );
    await host.write('/etc/os-release', 'ID=debian\n');
    await host.write('/etc/apt/keys/archive.asc', await fs.readFile(signer.key, 'utf8'));
  });
  beforeEach(async () => {
    for (const folder of [LISTS, '/etc/apt/apt.conf.d', '/var/lib/apt/lists'])
      await fs.emptyDir(host.path(folder));
    await fs.remove(host.path('/etc/apt/sources.list'));
  });
  afterAll(async () => {
    await host?.stop();
    await server?.stop();
    if (signer) await dismiss(signer);
    await rm(home, { recursive: true, force: true });
  });

  /** Bootstraps an image. Returns its files. */
  async function bootstrap(mirror = '') {
    builds += 1;
    const root = `/var/lib/images/${builds}`;
    const words = { root, OS: 'Debian', SUITE: 'trixie', MIRROR: mirror };
    const environment = Object.entries(words).map(([key, value]) => `${key}=${value}`);
    const script = '/usr/local/libexec/puppet-clone-army/bootstrap/mmdebstrap.sh';
    const outcome = await host.run('env', ...environment, script);
    const read = (file: string) => fs.readFile(host.path(root + file), 'utf8');
    return { outcome, read };
  }

  const list = (name: string, text: string) => host.write(`${LISTS}/${name}`, text);

  test("takes the distribution's own archive with its key, and not a vendor's", async () => {
    const option = '[signed-by=/etc/apt/keys/archive.asc]';
    for (const name of ['vendor', 'nameless']) {
      await list(`a-${name}.list`, `# comment\ndeb ${option} ${archive}/${name} trixie main\n`);
    }
    await list('debian.list', `\ndeb ${option} ${archive}/debian trixie main\n`);

    const { outcome, read } = await bootstrap();
    expect(outcome).toMatchObject({ code: 0, output: '' });
    expect(await read('/etc/apt/sources.list')).toBe(`deb ${option} ${archive}/debian trixie main\n`);
    expect(await read('/etc/apt/keys/archive.asc')).toBe(await fs.readFile(signer.key, 'utf8'));
  });

  test('takes a key that is part of the source', async () => {
    const key = (await fs.readFile(signer.key, 'utf8')).trim().split('\n');
    const text = key.map((line) => ` ${line === '' ? '.' : line}\n`).join('');
    const stanza = (name: string) =>
      `Types: deb\nURIs: ${archive}/${name}\nSuites: trixie\nComponents: main\nSigned-By:\n${text}\n`;
    await list('debian.sources', `# comment\n\n${stanza('vendor')}${stanza('debian')}`);

    const { outcome, read } = await bootstrap();
    expect(outcome).toMatchObject({ code: 0, output: '' });
    const file = `${KEYS}/clone-army-2-debian.sources.asc`;
    expect(await read('/etc/apt/sources.list')).toBe(
      `deb [signed-by=${file}] ${archive}/debian trixie main\n`,
    );
    expect((await read(file)).trim().split('\n')).toEqual(key);
  });

  test('takes the list of mirrors that a source names', async () => {
    await host.write('/etc/apt/mirrors/debian.list', `${archive}/debian\n`);
    const uri = 'mirror+file:/etc/apt/mirrors/debian.list';
    await list('debian.list', `deb [signed-by=/etc/apt/keys/archive.asc] ${uri} trixie main\n`);

    const { outcome, read } = await bootstrap();
    expect(outcome).toMatchObject({ code: 0, output: '' });
    expect(await read('/etc/apt/sources.list')).toContain(` ${uri} trixie main\n`);
    expect(await read('/etc/apt/mirrors/debian.list')).toBe(`${archive}/debian\n`);
  });

  test('takes the proxy that a program on the host detects, and the files that options name', async () => {
    await list('debian.list', `deb [signed-by=/etc/apt/keys/archive.asc] ${archive}/debian trixie main\n`);
    await host.write('/etc/detect', `#!/bin/sh\necho http://127.0.0.1:${server.port}\n`);
    await host.run('chmod', '0755', '/etc/detect');
    await host.write('/etc/site.pem', 'a certificate\n');
    await host.write(
      '/etc/apt/apt.conf.d/site',
      'Acquire::http::Proxy-Auto-Detect "/etc/detect";\nAcquire::https::CaInfo "/etc/site.pem";\n',
    );

    const { outcome, read } = await bootstrap();
    expect(outcome).toMatchObject({ code: 0, output: '' });
    const options = await read('/etc/apt/apt.conf.d/99mmdebstrap');
    expect(options).toContain(`Acquire::http::Proxy "http://127.0.0.1:${server.port}";\n`);
    expect(options).not.toMatch(/detect/i);
    expect(await read('/etc/site.pem')).toBe('a certificate\n');
  });

  test('refuses a host without an archive of the distribution before anything is built', async () => {
    await list('vendor.list', `deb [trusted=yes] ${archive}/vendor trixie main\n`);

    const { outcome } = await bootstrap();
    expect(outcome.code).toBe(1);
    expect(outcome.output).toMatch(/no archive for trixie, .*Origin Debian; set the parameter mirror/);
  });

  test('reads a mirror with the options that the host has for it', async () => {
    await list('vendor.list', `deb [signed-by=/etc/apt/keys/archive.asc] ${archive}/vendor trixie main\n`);
    await host.run('apt-get', '-qq', 'update');

    const { outcome, read } = await bootstrap(`${archive}/vendor`);
    expect(outcome).toMatchObject({ code: 0, output: '' });
    expect(await read('/etc/apt/sources.list')).toBe(
      `deb [signed-by=/etc/apt/keys/archive.asc] ${archive}/vendor trixie main\n`,
    );
  });
});
