import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execa } from 'execa';
import fs from 'fs-extra';
import { parse } from 'yaml';
import { fleetSize, INTERVAL, SIZES } from '../../generator/emit/sizes.ts';
import { MODULE, REPO } from '../../lab/paths.ts';
import { readProfile } from '../../load/profile/read-profile.ts';
import { blocksOf, boltCommands, parametersOf } from './docs.ts';
import { type Answer, askPuppet, type Request } from './puppet.ts';
import { gem } from './tools.ts';
import { readTree } from './tree.ts';

const EXAMPLES = path.join(REPO, 'examples');
const example = (file: string) => fs.readFileSync(path.join(EXAMPLES, file), 'utf8');
const BASES = 'debian-13';

const HIERA =
  'version: 5\nhierarchy:\n  - { name: all, datadir: data, data_hash: yaml_data, path: all.yaml }\n';
const hieraBlocks = blocksOf('yaml').filter(({ text }) => text.includes('clone_army::'));

/** The parameters of the class that a `deploy` sets, as Puppet code. */
function deployed(words: readonly string[]): string {
  const { master, num_clones, parameters } = parametersOf(words) as Record<string, unknown>;
  const all = JSON.stringify({ ...(parameters as object), master, num_clones });
  return `class { 'clone_army': * => ${all.replaceAll('":', '"=>')} }`;
}

const sizes = SIZES.flatMap((size) => (['service', 'timer'] as const).map((mode) => ({ size, mode })));

/** The node that a block is for, if it is not a host. */
const CLONE = { certname: 'clone1.load1.example.com', virtual: 'systemd_nspawn' };

/** What Puppet is asked, all in one process, which takes its time to start. */
const REQUESTS = {
  blocks: blocksOf('puppet').map(({ where, text }) => ({
    where,
    code: text,
    ...(text.includes('clone_army::workload') ? CLONE : {}),
  })),
  applies: boltCommands('apply').map(({ command, rest }) => ({
    where: command,
    code: rest[rest.indexOf('-e') + 1] as string,
    bolt: true,
  })),
  hiera: hieraBlocks.map(({ where, text }) => ({
    where,
    code: 'include clone_army',
    hiera: { 'hiera.yaml': HIERA, 'data/all.yaml': text },
  })),
  plans: boltCommands('plan', 'run').map(({ command, rest: [plan = '', ...words] }) => ({
    where: command,
    plan,
    parameters: { targets: 'load1', ...parametersOf(words) },
  })),
  deploys: boltCommands('plan', 'run', 'clone_army::deploy').map(({ command, rest }) => ({
    where: command,
    code: deployed(rest),
    bolt: true,
  })),
  sizes: sizes.flatMap(({ size, mode }) => {
    const { most } = fleetSize(size, mode);
    return ['undef', most, most + 1].map((count) => ({
      where: `${size.memoryGib} GiB, ${mode}, ${count}`,
      // The size is the name of a file, because a whole fleet takes ten times as long to compile.
      code: `file { "/\${clone_army::clone_count(${count}, '${mode}', ${INTERVAL})}": }`,
      memory_mib: size.memoryGib * 1024,
      cores: size.cores,
    }));
  }),
  nodes: ['load1', 'load2', 'load3'].map((name) => ({
    where: `examples/site.pp: ${name}`,
    code: example('site.pp'),
    certname: `${name}.example.com`,
    hiera: Object.fromEntries(
      ['hiera.yaml', 'data/common.yaml', 'data/nodes/load3.example.com.yaml'].map((file) => [
        file,
        example(`hiera/${file}`),
      ]),
    ),
  })),
  mixed: [
    { where: 'examples/mixed-fleet.pp', code: example('mixed-fleet.pp'), memory_mib: 32_768, bolt: true },
  ],
  puppetfile: [{ where: 'examples/bolt/Puppetfile', puppetfile: path.join(EXAMPLES, 'bolt/Puppetfile') }],
} satisfies Record<string, (Request & { where: string })[]>;

type Group = keyof typeof REQUESTS;
const answers = new Map<string, Answer>();
const answersOf = (group: Group) =>
  REQUESTS[group].map(({ where }) => ({ where, ...answers.get(`${group} ${where}`) }));
const wrongWith = (group: Group) => answersOf(group).filter(({ error }) => error !== undefined);
/** Base images and counts of a catalog's fleet. */
const groupsIn = ({ files }: Answer): [string, number][] =>
  JSON.parse(files?.['/etc/puppet-clone-army/fleet.json'] ?? '{"groups":[]}').groups.map(
    ({ base, count }: { base: string; count: number }) => [base, count],
  );

let scratch: string;

beforeAll(async () => {
  await execa('node', ['bin/clone-army.js', 'generate'], { cwd: REPO });
  scratch = await mkdtemp(path.join(os.tmpdir(), 'clone-army-docs-'));
  // The module that the pages call `profile`.
  await fs.outputFile(path.join(scratch, 'modules/profile/files/prepare.sh'), 'true\n');
  const all = (Object.keys(REQUESTS) as Group[]).flatMap((group) =>
    REQUESTS[group].map(({ where, ...request }) => ({
      key: `${group} ${where}`,
      request: request as Request,
    })),
  );
  const results = await askPuppet(
    all.map(({ request }) => request),
    path.join(scratch, 'modules'),
  );
  for (const [i, { key }] of all.entries()) answers.set(key, results[i] as Answer);
}, 600_000);
afterAll(() => rm(scratch, { recursive: true, force: true }));

describe('pages', () => {
  test.each<[Group, number]>([
    ['blocks', 9],
    ['applies', 2],
    ['hiera', 3],
    ['plans', 3],
    ['deploys', 2],
  ])('%s are what Puppet accepts', (group, least) => {
    expect(REQUESTS[group].length).toBeGreaterThanOrEqual(least);
    expect(wrongWith(group)).toEqual([]);
  });

  test('keys of Hiera are parameters or data of the module', async () => {
    const reference = await readFile(path.join(MODULE, 'REFERENCE.md'), 'utf8');
    const data = parse(await readFile(path.join(MODULE, 'data/common.yaml'), 'utf8'));
    const keys = [
      ...hieraBlocks.map(({ text }) => text),
      ...REQUESTS.nodes.flatMap(({ hiera }) => Object.values(hiera)),
    ]
      .flatMap((text) => Object.keys(parse(text)))
      .filter((key) => key.startsWith('clone_army::'));
    const unknown = keys.filter((key) => {
      const anchor = key.replace(/::(?=\w+$)/, '--').replaceAll('::', '--');
      return !(key in data) && !reference.includes(`name="-${anchor}"`);
    });
    expect(unknown).toEqual([]);
  });

  test('profiles of load tests are valid', () => {
    const profiles = blocksOf('yaml').filter(({ text }) => text.includes('phases:'));
    expect(profiles.length).toBeGreaterThan(1);
    for (const { where, text } of profiles) expect(readProfile(text, where).profile.name).not.toBe('');
  });

  test('tasks accept the parameters that commands give them', async () => {
    const runs = boltCommands('task', 'run');
    expect(runs.length).toBeGreaterThan(10);
    // As Bolt does: in a folder of their own, where nothing says that they are ES modules.
    await fs.copy(path.join(MODULE, 'tasks'), path.join(scratch, 'tasks'));
    for (const { command, rest } of runs) {
      const [task = '', ...words] = rest;
      const input = JSON.stringify({ ...parametersOf(words), _noop: true });
      const program = path.join(scratch, `tasks/${task.replace('clone_army::', '')}.js`);
      const { stdout } = await execa('node', [program], { input, reject: false });
      const { kind } = JSON.parse(stdout)._error;
      // Beyond its input, no task gets far on a machine without a fleet.
      expect({ command, kind }).toEqual({
        command,
        kind: expect.stringMatching(/^clone_army\/(no-fleet|no-systemd|no-test|not-root)$/),
      });
    }
  });

  test('the table of sizes is what the class says', () => {
    const want = sizes.flatMap(({ size, mode }) => {
      const { byDefault, most } = fleetSize(size, mode);
      return [[`/${byDefault}`], [`/${most}`], []];
    });
    expect(answersOf('sizes').map(({ files }) => Object.keys(files ?? {}))).toEqual(want);
  });
});

describe('examples', () => {
  test('nodes of site.pp get the fleets that it says', () => {
    expect(wrongWith('nodes')).toEqual([]);
    const [load1, load2, load3] = answersOf('nodes');
    expect(groupsIn(load1 as Answer)).toEqual([[BASES, 10]]);
    expect(load2?.files?.['/etc/puppet-clone-army/fleet.json']).toContain('"run_mode": "timer"');
    expect(groupsIn(load3 as Answer)).toEqual([[BASES, 40]]);
  });

  test('a mixed fleet has all of its kinds', () => {
    expect(wrongWith('mixed')).toEqual([]);
    expect(groupsIn(answersOf('mixed')[0] as Answer)).toEqual([
      ['trixie', 50],
      ['bookworm', 20],
      ['openvox', 20],
      ['puppet-7', 5],
      ['patched', 5],
    ]);
  });

  test('the Puppetfile has this version of the module', async () => {
    const { name, version } = await fs.readJson(path.join(REPO, 'metadata.json'));
    const [{ modules } = {}] = answersOf('puppetfile');
    expect(modules).toEqual([[name.replace('-', '/'), version]]);
  });

  test('Bolt reads the project and its inventory', async () => {
    const project = path.join(scratch, 'project');
    await fs.copy(path.join(EXAMPLES, 'bolt'), project);
    const words = [
      'bolt',
      'inventory',
      'show',
      '--targets',
      'fleet',
      '--project',
      project,
      '--format',
      'json',
    ];
    const { code, output } = await gem(words, REPO);
    expect(code).toBe(0);
    expect(JSON.parse(output.slice(output.indexOf('{'))).targets).toEqual(['load1', 'load2']);
  });

  test('each file is compiled, read, or a page', async () => {
    expect(await readTree(EXAMPLES)).toEqual([
      'README.md',
      'bolt/Puppetfile',
      'bolt/README.md',
      'bolt/bolt-project.yaml',
      'bolt/inventory.yaml',
      'hiera/data/common.yaml',
      'hiera/data/nodes/load3.example.com.yaml',
      'hiera/hiera.yaml',
      'mixed-fleet.pp',
      'site.pp',
    ]);
  });
});
