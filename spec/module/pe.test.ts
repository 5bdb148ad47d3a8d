import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import fs from 'fs-extra';
import { writeVariant } from '../../generator/fixtures/prepare.ts';
import { variant } from '../../generator/fixtures/variants.ts';
import { CA, type Definition, definitionOf, type Family, PUPPET_CONF, standInAgent } from './agents.ts';
import { type Build, Host } from './host.ts';
import { type Server, serve } from './server.ts';
import { Authority } from './tls.ts';

/** A simulated install.bash of a primary server. It records its arguments and the mode of the CA file in /. */
const installer = Object.entries(standInAgent('8.10.0')).map(
  ([file, content]) => `#!/bin/bash
set -e
printf '%s\\n' "$@" > /arguments
[ ! -e ${CA} ] || stat --format=%a ${CA} > /mode-of-ca
install -D -m 0755 /dev/stdin ${file} << 'END OF FILE'
${content}END OF FILE
mkdir -p ${path.dirname(PUPPET_CONF)}/ssl/private_keys
echo key > ${path.dirname(PUPPET_CONF)}/ssl/private_keys/build.example.com.pem
printf '[main]\\nserver = elsewhere.example.com\\ncertname = build.example.com\\n' > ${PUPPET_CONF}
`,
);

const INSTALLERS: Readonly<Record<string, string>> = {
  current: installer.join(''),
  broken: '#!/bin/bash\necho installing\necho out of luck >&2\nexit 7\n',
  idle: '#!/bin/bash\nexit 0\n',
};

let home: string;
let host: Host;
let right: Authority;
let wrong: Authority;
let server: Server;
let expired: Server;

beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'pe-'));
  for (const [name, text] of Object.entries(INSTALLERS)) {
    await fs.outputFile(path.join(home, 'packages', name, 'install.bash'), text);
  }
  right = await Authority.make(path.join(home, 'right'));
  wrong = await Authority.make(path.join(home, 'wrong'));
  const packages = path.join(home, 'packages');
  server = await serve(packages, {
    tls: await right.issue('puppet.example.com'),
    intercept(name, _authorization, response) {
      if (name !== '/truncated/install.bash') return false;
      response.writeHead(200, { 'Content-Length': 1000 });
      response.write('#!/bin/bash\n', () => response.destroy());
      return true;
    },
  });
  expired = await serve(packages, { tls: await right.issue('puppet.example.com', '20200102') });
  host = await Host.start(await writeVariant(variant('as published'), path.join(home, 'module')));
  await host.write('/etc/hosts', '127.0.0.1 localhost puppet.example.com other.example.com\n');
});
afterEach(() => fs.remove(host.path(CA)));
afterAll(async () => {
  await host?.stop();
  await Promise.all([server, expired].map((one) => one?.stop()));
  await rm(home, { recursive: true, force: true });
});

/** Address of a folder that contains an installer. */
const at = (name: string, { port }: Server = server, as = 'puppet.example.com') =>
  `https://${as}:${port}/${name}`;

interface Options {
  words?: Definition;
  /** The parameter `ca`. */
  ca?: string;
  family?: Family;
}

function build({ words, ca, family = 'Debian' }: Options): Promise<Build> {
  const definition = definitionOf('pe', family, { REPOSITORY: at('current'), ...words });
  return host.build(definition, ca === undefined ? {} : { 'ca.pem': ca });
}

const read = ({ root }: Build, file: string) => readFile(path.join(root, file), 'utf8');

/** Files below a folder of an image. */
async function filesIn({ root }: Build, folder: string): Promise<string[]> {
  const entries = await fs.readdir(path.join(root, folder), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

describe('files/flavours/pe.sh', () => {
  test.each<Family>(['Debian', 'RedHat'])('installs the agent without running it: %s', async (family) => {
    const outcome = await build({ ca: right.cert, family });

    expect(outcome).toMatchObject({ code: 0, output: expect.stringContaining('done, agent 8.10.0') });
    expect(await read(outcome, 'arguments')).toBe(
      '--puppet-service-ensure\nstopped\n--puppet-service-enable\nfalse\n',
    );
    expect(await read(outcome, 'mode-of-ca')).toBe('444\n');
  });

  test('reaches the server without the proxy that apt on the host has', async () => {
    const option = '/etc/apt/apt.conf.d/90proxy';
    await host.write(option, 'Acquire::http::Proxy "http://127.0.0.1:9";\n');
    const outcome = await build({ ca: right.cert });
    const elsewhere = await build({
      ca: right.cert,
      words: { REPOSITORY: at('current', server, 'other.example.com') },
    });
    await fs.remove(host.path(option));

    expect(outcome).toMatchObject({ code: 0, output: expect.stringContaining('done, agent 8.10.0') });
    expect(elsewhere.output).toMatch(/cannot fetch https:\/\/other\.example\.com\S+: curl exit code 7/);
  });

  test('keeps the CA certificate in the image and removes the keys and the certname of the installer', async () => {
    const outcome = await build({ ca: right.cert });

    expect(await read(outcome, CA)).toBe(right.cert);
    expect(await filesIn(outcome, 'etc/puppetlabs/puppet/ssl')).toEqual(['ca.pem']);
    const settings = await read(outcome, PUPPET_CONF);
    expect(settings).not.toContain('certname');
    expect(settings).toMatch(/server = puppet\.example\.com\n/);
  });

  test("verifies the server with the CA of the host's own agent by default", async () => {
    await host.write(CA, right.cert);
    const outcome = await build({});

    expect(outcome).toMatchObject({ code: 0 });
    expect(await read(outcome, CA)).toBe(right.cert);
  });

  test('prefers the CA from the parameter', async () => {
    await host.write(CA, wrong.cert);
    expect(await build({ ca: right.cert })).toMatchObject({ code: 0 });
  });

  test('skips verification if verify_server is false', async () => {
    const outcome = await build({ ca: wrong.cert, words: { VERIFY_SERVER: 'false' } });
    expect(outcome).toMatchObject({ code: 0 });
    expect(await fs.pathExists(path.join(outcome.root, 'mode-of-ca'))).toBe(false);
  });

  test.each<{ why: string; how: () => Options; want: RegExp }>([
    {
      why: 'no CA certificate is available',
      how: () => ({}),
      want: /no CA certificate to verify puppet\.example\.com with: set ca, or connect this host's own agent to that server$/,
    },
    {
      why: 'another CA signed the certificate',
      how: () => ({ ca: wrong.cert }),
      want: /curl: \(60\) .*certificate.*cannot fetch http\S+\/current\/install\.bash: curl exit code 60$/s,
    },
    {
      why: 'the certificate has expired',
      how: () => ({ ca: right.cert, words: { REPOSITORY: at('current', expired) } }),
      want: /curl: \(60\) .*expired/,
    },
    {
      why: 'the certificate is for another name',
      how: () => ({ ca: right.cert, words: { REPOSITORY: at('current', server, 'other.example.com') } }),
      want: /curl: \(60\) .*'?other\.example\.com/,
    },
    {
      why: 'the transfer ends early',
      how: () => ({ ca: right.cert, words: { REPOSITORY: at('truncated') } }),
      want: /cannot fetch http\S+\/truncated\/install\.bash: curl exit code 18$/,
    },
    {
      why: 'the server has no installer',
      how: () => ({ ca: right.cert, words: { REPOSITORY: at('nothing') } }),
      want: /cannot fetch http\S+\/nothing\/install\.bash: curl exit code 22$/,
    },
    {
      why: 'the server is unreachable and no other address is set',
      how: () => ({ ca: right.cert, words: { REPOSITORY: '' } }),
      want: /cannot fetch https:\/\/puppet\.example\.com:8140\/packages\/current\/install\.bash: curl exit code/,
    },
    {
      why: 'the installer fails, and shows its output',
      how: () => ({ ca: right.cert, words: { REPOSITORY: at('broken') } }),
      want: /installing\nout of luck\n.*install\.bash of puppet\.example\.com failed with exit code 7$/,
    },
    {
      why: 'the installer installs nothing',
      how: () => ({ ca: right.cert, words: { REPOSITORY: at('idle') } }),
      want: /flavour pe installed no agent: there is no command puppet in the image$/,
    },
  ])('fails if $why', async ({ how, want }) => {
    const before = await host.images();
    const { code, output } = await build(how());

    expect(code).toBeGreaterThan(0);
    expect(output).toMatch(want);
    expect(await host.images()).toEqual(before);
  });
});
