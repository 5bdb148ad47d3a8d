import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execa } from 'execa';
import fs from 'fs-extra';
import { writeVariant } from '../../generator/fixtures/prepare.ts';
import { variant } from '../../generator/fixtures/variants.ts';
import { definitionOf, standInAgent } from './agents.ts';
import { makeDeb } from './debs.ts';
import { Host } from './host.ts';
import { makeRepository, NO_INPUT } from './rpms.ts';

const TOOL = { name: 'tool', version: '1', files: { '/usr/bin/tool': '#!/bin/sh\n' } };
const AGENT = { name: 'patched-agent', version: '8.10.0', files: standInAgent('8.10.0') };

let home: string;
let host: Host;

beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'flavours-'));
  host = await Host.start(await writeVariant(variant('as published'), path.join(home, 'module')));
});
afterAll(async () => {
  await host?.stop();
  await rm(home, { recursive: true, force: true });
});

describe('local packages', () => {
  test('are installed on Debian', async () => {
    const files = [await makeDeb(home, AGENT), await makeDeb(home, TOOL)];
    const outcome = await host.build(definitionOf('local', 'Debian', { LOCAL_PACKAGES: files.join(' ') }));

    expect(outcome).toMatchObject({ code: 0, output: expect.stringContaining('done, agent 8.10.0') });
    const status = await readFile(path.join(outcome.root, 'var/lib/dpkg/status'), 'utf8');
    expect(status.match(/(?<=^Package: ).*/gm)).toEqual(['patched-agent', 'tool']);
  });

  test('bring services that stay off, and are not started during the build', async () => {
    const service = {
      name: 'sshd',
      version: '1',
      files: {
        '/usr/lib/systemd/system/stand-in-sshd.service':
          '[Service]\nExecStart=/bin/true\n[Install]\nWantedBy=multi-user.target\n',
        '/DEBIAN/postinst':
          '#!/bin/sh\nset -e\nsystemctl enable stand-in-sshd.service\n/usr/sbin/policy-rc.d || echo $? > /policy\n',
      },
    };
    const files = [await makeDeb(home, AGENT), await makeDeb(home, service)];
    const outcome = await host.build(definitionOf('local', 'Debian', { LOCAL_PACKAGES: files.join(' ') }));

    expect(outcome).toMatchObject({
      code: 0,
      output: expect.stringContaining('not enabled in clones: stand-in-sshd.service'),
    });
    const exists = (file: string) => fs.pathExists(path.join(outcome.root, file));
    expect(await exists('usr/lib/systemd/system/stand-in-sshd.service')).toBe(true);
    expect(await exists('etc/systemd/system/multi-user.target.wants/stand-in-sshd.service')).toBe(false);
    expect(await readFile(path.join(outcome.root, 'policy'), 'utf8')).toBe('101\n');
    expect(await exists('usr/sbin/policy-rc.d')).toBe(false);
  });

  test('are installed on the Red Hat family', async () => {
    const made = path.join(home, 'local');
    await makeRepository(made, [AGENT, TOOL]);
    const files = ['patched-agent-8.10.0', 'tool-1'].map((name) =>
      path.join(made, `repository/noarch/${name}-1.noarch.rpm`),
    );
    const outcome = await host.build(definitionOf('local', 'RedHat', { LOCAL_PACKAGES: files.join(' ') }));

    expect(outcome).toMatchObject({ code: 0, output: expect.stringContaining('done, agent 8.10.0') });
    expect(await installedRpms(outcome.root)).toEqual(['patched-agent', 'tool']);
  });
});

describe('files/flavours/gem.sh on the Red Hat family', () => {
  const NEEDED = ['gcc', 'make', 'redhat-rpm-config', 'ruby', 'ruby-devel'];
  /** A `gem` command that records its arguments and installs an agent. */
  const GEM = `#!/bin/sh
printf '%s\\n' "$@" > /arguments
echo "$http_proxy $https_proxy" > /proxies
install -m 0755 /usr/share/stand-in/puppet /usr/bin/puppet`;

  beforeAll(async () => {
    const made = path.join(home, 'base');
    const agent = Object.values(standInAgent('9.2.0')).join('');
    await makeRepository(made, [
      ...NEEDED.map((name) => ({ name })),
      { name: 'rubygems', files: { '/usr/bin/gem': GEM, '/usr/share/stand-in/puppet': agent } },
    ]);
    await host.writeToImages({
      '/etc/yum.repos.d/base.repo': `[base]\nname=Base\nbaseurl=file://${path.join(made, 'repository')}\ngpgcheck=0\n`,
    });
  });

  test('installs the build tools, then the gem, through the proxy of the host', async () => {
    const proxy = 'http://user:secret@proxy.example.com:3128';
    await host.write('/etc/apt/apt.conf.d/proxy', `Acquire::https::Proxy "${proxy}";\n`);
    const words = { VERSION: '9.2', REPOSITORY: 'https://gems.example.com', GEM: 'openvox' };
    const outcome = await host.build(definitionOf('gem', 'RedHat', words));

    expect(outcome).toMatchObject({ code: 0, output: expect.stringContaining('done, agent 9.2.0') });
    expect(await installedRpms(outcome.root)).toEqual([...NEEDED, 'rubygems'].sort());
    expect(await readFile(path.join(outcome.root, 'arguments'), 'utf8')).toBe(
      'install\n--no-document\n--version\n~> 9.2.0\n--config-file\n/var/tmp/clone-army/gemrc\nopenvox\n',
    );
    expect(await readFile(path.join(outcome.root, 'proxies'), 'utf8')).toBe(`${proxy} ${proxy}\n`);
    const unit = await readFile(path.join(outcome.root, 'etc/systemd/system/puppet.service'), 'utf8');
    expect(unit).toContain('ExecStart=/usr/bin/puppet agent --no-daemonize\n');
  });
});

test('the build fails if an apt archive is unreachable, although apt itself ignores that', async () => {
  await host.writeToImages({
    '/etc/apt/sources.list.d/archive.list': 'deb [trusted=yes] http://127.0.0.1:9/archive stable main\n',
    '/etc/apt/apt.conf.d/once': 'Acquire::Retries "0";\n',
  });
  const file = await makeDeb(home, AGENT);
  const { code, output } = await host.build(definitionOf('local', 'Debian', { LOCAL_PACKAGES: file }));

  expect(code).toBeGreaterThan(0);
  expect(output).toMatch(/Failed to fetch http:\/\/127\.0\.0\.1:9\/archive/);
});

/** Names of the packages in the image's RPM database. */
async function installedRpms(root: string): Promise<string[]> {
  const { stdout } = await execa(
    'chroot',
    [root, 'env', 'HOME=/root', 'rpm', '--query', '--all', '--queryformat=%{name} '],
    NO_INPUT,
  );
  return stdout.trim().split(' ').sort();
}
