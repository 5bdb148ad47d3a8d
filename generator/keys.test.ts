import { beforeAll, describe, expect, test } from '@jest/globals';
import { smallModule } from './fixtures/small.ts';
import type { Variant } from './fixtures/variants.ts';
import { METADATA_SCHEMA } from './load/metadata.schema.ts';
import { MODULE_SCHEMA } from './load/module.schema.ts';

/** A change to one key and its effect on the module: a file that contains `want`, or does not exist any more. */
interface Case extends Omit<Variant, 'name'> {
  readonly key: string;
  readonly file: string;
  readonly want: string | undefined;
}

const IMAGE = { os: 'Rocky', release: '42', suite: 'x', bootstrapper: 'debootstrap' };
const VENDOR = {
  description: 'of a vendor',
  note: 'needs a subscription',
  families: ['Debian'],
  script: 'gem',
  takes: ['version'],
  needs: ['credentials'],
  version: '9',
  package: 'the-agent',
  repository: { Debian: 'https://packages.example.com' },
  release_package: { Debian: 'release-{major}.deb' },
};
const WITH_VENDOR = { flavours: { vendor: VENDOR } };
const ANOTHER = { images: { other: IMAGE } };

const METADATA: readonly Case[] = [
  metadata('name', 'acme-load_herd', 'manifests/init.pp', 'class load_herd ('),
  metadata('version', '9.8.7', 'README.md', '# someone-clone_army 9.8.7'),
  metadata('author', 'Acme', 'metadata.json', '"author": "Acme"'),
  metadata('summary', 'Another', 'README.md', 'Another & more'),
  metadata('license', 'MIT', 'metadata.json', '"license": "MIT"'),
  metadata('source', 'https://a.example', 'metadata.json', '"source": "https://a.example"'),
  metadata('project_page', 'https://b.example', 'metadata.json', '"project_page": "https://b.example"'),
  metadata('issues_url', 'https://c.example', 'metadata.json', '"issues_url": "https://c.example"'),
  metadata('dependencies', [], 'metadata.json', '"dependencies": []'),
  metadata(
    'operatingsystem_support',
    [{ operatingsystem: 'Debian', operatingsystemrelease: ['13'] }],
    'data/os/Debian/12.yaml',
    undefined,
  ),
  metadata(
    'requirements',
    [{ name: 'openvox', version_requirement: '< 10.0.0' }],
    'metadata.json',
    '"openvox"',
  ),
  metadata('tags', ['herd'], 'metadata.json', '"herd"'),
];

const MODULE: readonly Case[] = [
  { key: 'images', module: ANOTHER, file: 'data/common.yaml', want: '\n  other:\n' },
  { key: 'images.os', module: ANOTHER, file: 'data/common.yaml', want: "os: 'Rocky'" },
  { key: 'images.release', module: ANOTHER, file: 'data/common.yaml', want: "release: '42'" },
  { key: 'images.suite', module: ANOTHER, file: 'data/common.yaml', want: "suite: 'x'" },
  {
    key: 'images.bootstrapper',
    module: ANOTHER,
    file: 'files/bootstrap/debootstrap.sh',
    want: 'debootstrap',
  },
  {
    key: 'flavours',
    module: WITH_VENDOR,
    file: 'types/flavour.pp',
    want: "Enum['distro', 'gem', 'vendor']",
  },
  flavour('description', 'README.md', '| `vendor` | of a vendor |'),
  flavour('note', 'README.md', '- `vendor` needs a subscription'),
  flavour('families', 'data/common.yaml', "  vendor:\n    families:\n      - 'Debian'"),
  {
    key: 'flavours.script',
    module: { flavours: { gem: { script: 'distro' } } },
    file: 'files/flavours/gem.sh',
    want: undefined,
  },
  flavour('takes', 'data/common.yaml', "takes:\n      - 'version'\n    needs"),
  flavour('needs', 'data/common.yaml', "needs:\n      - 'credentials'"),
  flavour('version', 'data/common.yaml', "version: '9'"),
  flavour('package', 'data/common.yaml', "package: 'the-agent'"),
  flavour('repository', 'data/common.yaml', "repository:\n      Debian: 'https://packages.example.com'"),
  flavour('release_package', 'data/common.yaml', "release_package:\n      Debian: 'release-{major}.deb'"),
  defaults('clone_prefix', 'node', "clone_army::clone_prefix: 'node'"),
  defaults('manage_nodejs', false, 'clone_army::manage_nodejs: false'),
  defaults('root_password', 'other', "clone_army::root_password: 'other'"),
  defaults('run_mode', 'timer', "clone_army::run_mode: 'timer'"),
  { key: 'parts.plans', module: { parts: { plans: false } }, file: 'plans/all.pp', want: undefined },
  { key: 'parts.specs', module: { parts: { specs: false } }, file: 'spec/spec_helper.rb', want: undefined },
];

describe('every key', () => {
  let before: Record<string, string>;
  beforeAll(async () => {
    before = (await smallModule()).texts;
  });

  test.each([...METADATA, ...MODULE])('$key changes $file', async ({ file, want, ...variant }) => {
    const after = await smallModule(variant);
    expect(after.texts[file]).not.toEqual(before[file]);
    if (want === undefined) expect(after.texts).not.toHaveProperty([file]);
    else expect(after.texts[file]).toContain(want);
  });

  test('can have entries with the name of a property that all objects have', async () => {
    const { texts } = await smallModule({
      module: {
        flavours: { constructor: VENDOR, gem: { script: 'constructor' } },
        images: { constructor: IMAGE },
      },
      files: { 'files/flavours/constructor.sh': ':\n' },
    });
    expect(texts['README.md']).toContain('| `constructor` | of a vendor |');
    expect(texts['types/flavour.pp']).toContain("'constructor'");
    expect(texts['data/common.yaml']).toContain('\n  constructor:\n');
    expect(texts['files/flavours/constructor.sh']).toBe(':\n');
  });

  test('is covered by a case above', () => {
    const { images, flavours, defaults, parts } = MODULE_SCHEMA.properties;
    const keys = [
      'images',
      ...under('images', images.additionalProperties),
      'flavours',
      ...under('flavours', flavours.additionalProperties),
      ...under('defaults', defaults),
      ...under('parts', parts),
    ];
    expect(new Set(MODULE.map(({ key }) => key))).toEqual(new Set(keys));
    expect(METADATA.map(({ key }) => key)).toEqual(Object.keys(METADATA_SCHEMA.properties));
  });
});

function metadata(key: string, value: unknown, file: string, want: string | undefined): Case {
  return { key, metadata: { [key]: value }, file, want };
}

function defaults(key: string, value: unknown, want: string): Case {
  return { key: `defaults.${key}`, module: { defaults: { [key]: value } }, file: 'data/common.yaml', want };
}

/** A key of an additional flavour. */
function flavour(key: string, file: string, want: string): Case {
  return { key: `flavours.${key}`, module: WITH_VENDOR, file, want };
}

function under(key: string, { properties }: { properties: object }): string[] {
  return Object.keys(properties).map((name) => `${key}.${name}`);
}
