import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ProblemsError } from '../../validation/problem.ts';
import { smallInputs } from '../fixtures/small.ts';
import type { Variant } from '../fixtures/variants.ts';
import type { Inputs } from './load.ts';
import { load } from './load.ts';

/** The problems in the input, as formatted for people. */
async function problemsIn(inputs: Inputs): Promise<string[]> {
  const error = await load(inputs).then(
    () => new ProblemsError([]),
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(ProblemsError);
  return error.message.split('\n');
}

const host = (operatingsystem: string, ...operatingsystemrelease: string[]) => ({
  operatingsystem,
  operatingsystemrelease,
});
const needs = (version_requirement: string) => [{ name: 'puppetlabs-stdlib', version_requirement }];
const ROCKY = { os: 'Rocky', release: '9', suite: 'el9', bootstrapper: 'debootstrap' };

describe('load', () => {
  test('returns a complete, immutable model', async () => {
    const { model } = await load(await smallInputs());
    expect(model).toMatchObject({
      author: 'someone',
      names: { module: 'clone_army' },
      flavours: { distro: { families: ['Debian'] }, gem: { script: 'gem' } },
    });
    expect(model.metadata.version).toBe('1.2.3');
    expect(() => Object.assign(model.images['debian-12'] ?? {}, { os: 'x' })).toThrow(TypeError);
  });

  test.each<Omit<Variant, 'name'> & { want: string }>([
    // module.yaml: schema
    { module: { images: null }, want: 'images: is missing' },
    {
      module: { images: { 'debian-12': null, 'debian-13': null } },
      want: 'images: {} must NOT have fewer than 1 properties',
    },
    {
      module: { extra: 1 },
      want: 'extra: is not a known key; known keys are images, flavours, defaults, parts',
    },
    {
      module: { part: {} },
      want: 'part: is not a known key; known keys are images, flavours, defaults, parts; did you mean "parts"?',
    },
    { module: { images: { 'Debian-12': {} } }, want: 'images.Debian-12: is an invalid name: does not match' },
    {
      module: { images: { 'debian-12': { release: 12 } } },
      want: 'images.debian-12.release: 12 is not of type string; put it in quotes',
    },
    { module: { images: { 'debian-12': { suit: 'x' } } }, want: 'did you mean "suite"?' },
    {
      module: { flavours: { distro: null, gem: null } },
      want: 'flavours: {} must NOT have fewer than 1 properties',
    },
    { module: { flavours: { Gem: {} } }, want: 'flavours.Gem: is an invalid name: does not match' },
    {
      module: { flavours: { gem: { families: ['Debian', 'RedHat', 'Debian'] } } },
      want: 'has the same item at positions 0 and 2',
    },
    {
      module: { flavours: { gem: { families: ['Debain'] } } },
      want: 'flavours.gem.families[0]: "Debain" is not among Debian, RedHat; did you mean "Debian"?',
    },
    {
      module: { flavours: { gem: { takes: ['versoin'] } } },
      want: 'flavours.gem.takes[0]: "versoin" is not among version,',
    },
    ...["it's.deb", 'a"b.deb', 'a$(b).deb', 'a b.deb'].map((file) => ({
      module: { flavours: { gem: { release_package: { Debian: file } } } },
      want: `flavours.gem.release_package.Debian: ${JSON.stringify(file)} does not match`,
    })),
    {
      module: { flavours: { gem: { repository: { Arch: 'https://example.com' } } } },
      want: 'flavours.gem.repository.Arch: is an invalid name: is not among Debian, RedHat',
    },
    {
      module: { defaults: { clone_prefix: 'clone1' } },
      want: 'defaults.clone_prefix: "clone1" does not match',
    },
    {
      module: { defaults: { clone_prefix: 'a'.repeat(41) } },
      want: 'has 41 characters; at most 40 are allowed',
    },
    {
      module: { defaults: { manage_nodejs: 'yes' } },
      want: 'defaults.manage_nodejs: "yes" is not of type boolean',
    },
    {
      module: { defaults: { root_password: 'a\nb' } },
      want: 'defaults.root_password: "a\\nb" does not match',
    },
    {
      module: { defaults: { run_mode: 'servce' } },
      want: '"servce" is not among service, timer; did you mean "service"?',
    },
    { module: { parts: { plans: null } }, want: 'parts.plans: is missing' },
    // module.yaml: rules
    {
      module: { flavours: { gem: { script: 'gme' } } },
      want: 'flavours.gem.script: "gme" is not one of the scripts in module-template/files/flavours: distro, gem; did you mean "gem"?',
    },
    {
      module: {
        flavours: { gem: { package: 'agent', version: '8', release_package: { Debian: 'release.deb' } } },
      },
      want: 'flavours.gem.repository.Debian: is missing, but required with release_package',
    },
    {
      module: { images: { 'rocky-9': ROCKY }, flavours: { gem: null } },
      want: 'images.rocky-9.os: "Rocky" belongs to the RedHat family, which no flavour supports',
    },
    {
      module: { images: { 'haiku-1': { ...ROCKY, os: 'Haiku' } } },
      want: 'images.haiku-1.os: "Haiku" belongs to no known OS family',
    },
    {
      module: { images: { 'debian-12': { bootstrapper: 'mmdebstra' } } },
      want: 'images.debian-12.bootstrapper: "mmdebstra" is not one of the scripts in module-template/files/bootstrap: debootstrap, mmdebstrap',
    },
    {
      module: { images: { 'debian-12': { os: 'Ubuntu' } } },
      want: 'images.debian-12.os: "Ubuntu" must be "Debian"',
    },
    {
      module: { images: { 'debian-12': null } },
      want: '"12" has no image; add "debian-12" to images in module.yaml',
    },
    // metadata.json: schema
    { metadata: { name: 'clone_army' }, want: 'name: "clone_army" does not match' },
    { metadata: { name: 'a-Clone' }, want: 'name: "a-Clone" does not match' },
    { metadata: { version: '1.0' }, want: 'version: "1.0" does not match' },
    { metadata: { summary: 'x'.repeat(145) }, want: 'has 145 characters; at most 144 are allowed' },
    { metadata: { sumary: 'x' }, want: 'did you mean "summary"?' },
    { metadata: { source: 'git@example.com:x' }, want: 'source: "git@example.com:x" does not match' },
    {
      metadata: { operatingsystem_support: [] },
      want: 'operatingsystem_support: [] must NOT have fewer than 1 items',
    },
    // metadata.json: rules
    { metadata: { name: 'someone-node' }, want: 'contains the module name "node", which Puppet reserves' },
    {
      metadata: { dependencies: needs('>= 8.0.0') },
      want: 'dependencies[0].version_requirement: ">= 8.0.0" has no upper bound',
    },
    { metadata: { tags: ['debian'] }, want: 'tags[0]: "debian" is the name of an operating system' },
    {
      metadata: { operatingsystem_support: [host('Debian', '12'), host('Debian', '13')] },
      want: 'operatingsystem_support[1].operatingsystem: "Debian" is already in the list',
    },
    {
      metadata: { operatingsystem_support: [host('Debian', '11')] },
      want: 'operatingsystem_support[0].operatingsystemrelease[0]: "11" has no Hiera data; create module-template/data/os/Debian/11.yaml or module-template/data/family/Debian/11.yaml',
    },
    { metadata: { operatingsystem_support: [host('Debian', '11')] }, want: '"11" has no image' },
  ])('$want', async ({ want, ...variant }) => {
    const inputs = await smallInputs(variant);
    const problems = await problemsIn(inputs);
    expect(problems).toContainEqual(expect.stringContaining(want));
    for (const problem of problems) expect(problem).toMatch(/^(module\.yaml|metadata\.json):\d+:\d+: \S+: /);
  });

  test('accepts Hiera data of the OS family', async () => {
    const { model } = await load(
      await smallInputs({
        metadata: { operatingsystem_support: [host('Rocky', '9')] },
        module: {
          images: { 'rocky-9': { os: 'Rocky', release: '9', suite: 'el9', bootstrapper: 'mmdebstrap' } },
        },
        files: { 'data/family/RedHat/9.yaml': '---\n{}\n' },
      }),
    );
    expect(model.metadata.operatingsystem_support).toEqual([host('Rocky', '9')]);
  });

  test.each(['>= 8.0.0 < 10.0.0', '8.x', '1.2.3', '~1.2'])(
    'accepts the version requirement "%s"',
    async (version) => {
      const dependencies = needs(version);
      const { model } = await load(await smallInputs({ metadata: { dependencies } }));
      expect(model.metadata.dependencies).toEqual(dependencies);
    },
  );

  test('reports the problems of both files together', async () => {
    const inputs = await smallInputs({
      metadata: { version: '1' },
      module: { flavours: { gem: { script: 'gme' } }, parts: { specs: 1 } },
    });
    await expect(load(inputs)).rejects.toMatchObject({
      problems: [
        { file: 'metadata.json', key: 'version', value: '1' },
        { file: 'module.yaml', key: 'flavours.gem.script', allowed: ['distro', 'gem'], suggestion: 'gem' },
        { file: 'module.yaml', key: 'parts.specs', value: 1 },
      ],
    });
  });

  test('reports the position of a syntax error and still checks the other file', async () => {
    const inputs = await smallInputs({ metadata: { version: '1' } });
    await writeFile(join(inputs.cwd, 'module.yaml'), 'images:\n  debian-12: {os: Debian\n');
    expect(await problemsIn(inputs)).toEqual([
      expect.stringContaining('metadata.json:3:14: version: "1"'),
      expect.stringMatching(/^module\.yaml:\d+:\d+: Flow map/),
    ]);
  });

  test('reports a missing file', async () => {
    const inputs = await smallInputs();
    await rm(join(inputs.cwd, 'module.yaml'));
    expect(await problemsIn(inputs)).toEqual([
      expect.stringMatching(/^module\.yaml: cannot be read: .*--config$/),
    ]);
  });
});
