import { describe, expect, test } from '@jest/globals';
import { smallProject } from '../fixtures/small.ts';
import type { Variant } from '../fixtures/variants.ts';
import { emitTemplates } from './templates.ts';

const ubuntu = { operatingsystem: 'Ubuntu', operatingsystemrelease: ['24.04'] };
const image = { os: 'Ubuntu', release: '24.04', suite: 'noble', bootstrapper: 'debootstrap' };

describe('emitTemplates', () => {
  test('mirrors the folders, with the modes of the files', async () => {
    const files = emitTemplates(await smallProject());
    expect(files.map(({ path, mode }) => `${mode.toString(8)} ${path}`)).toEqual([
      '644 README.md',
      '644 data/os/Debian.yaml',
      '644 data/os/Debian/12.yaml',
      '644 data/os/Debian/13.yaml',
      '755 files/bootstrap/mmdebstrap.sh',
      '644 files/flavours/distro.sh',
      '644 files/flavours/gem.sh',
      '644 manifests/init.pp',
      '644 plans/all.pp',
      '644 spec/spec_helper.rb',
      '644 spec/classes/init_spec.rb',
      '644 spec/plans/all_spec.rb',
    ]);
  });

  test.each<Omit<Variant, 'name'> & { without: string[]; with: string[] }>([
    {
      metadata: { operatingsystem_support: [{ operatingsystem: 'Debian', operatingsystemrelease: ['13'] }] },
      without: ['data/os/Debian/12.yaml'],
      with: ['data/os/Debian/13.yaml', 'data/os/Debian.yaml'],
    },
    {
      metadata: { operatingsystem_support: [ubuntu] },
      module: { images: { 'debian-12': null, 'debian-13': null, 'ubuntu-24.04': image } },
      without: ['data/os/Debian.yaml', 'data/os/Debian/12.yaml', 'files/bootstrap/mmdebstrap.sh'],
      with: ['data/os/Ubuntu.yaml', 'data/os/Ubuntu/24.04.yaml', 'files/bootstrap/debootstrap.sh'],
    },
    {
      metadata: { operatingsystem_support: [{ operatingsystem: 'Debian', operatingsystemrelease: ['13'] }] },
      files: {
        'data/family/Debian.yaml': '---\n{}\n',
        'data/family/Debian/13.yaml': '---\n{}\n',
        'data/family/Debian/24.04.yaml': '---\n{}\n',
        'data/family/RedHat.yaml': '---\n{}\n',
        'data/family/RedHat/13.yaml': '---\n{}\n',
      },
      without: ['data/family/Debian/24.04.yaml', 'data/family/RedHat.yaml', 'data/family/RedHat/13.yaml'],
      with: ['data/family/Debian.yaml', 'data/family/Debian/13.yaml'],
    },
    {
      module: { flavours: { gem: null } },
      without: ['files/flavours/gem.sh'],
      with: ['files/flavours/distro.sh'],
    },
    {
      module: { parts: { plans: false } },
      without: ['plans/all.pp', 'spec/plans/all_spec.rb'],
      with: ['spec/spec_helper.rb'],
    },
    {
      module: { parts: { specs: false } },
      without: ['spec/spec_helper.rb', 'spec/plans/all_spec.rb'],
      with: ['plans/all.pp'],
    },
  ])('leaves $without out', async ({ without, with: kept, ...variant }) => {
    const paths = emitTemplates(await smallProject(variant)).map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(kept));
    for (const path of without) expect(paths).not.toContain(path);
  });

  test('renames what is written, and never what the model says', async () => {
    const summary = 'Like clone_army, but other';
    const files = {
      'lib/facter/clone_army.rb': 'Facter.add(:clone_army)',
      'files/logo.bin': 'clone_army\0',
    };
    const project = await smallProject({ metadata: { name: 'acme-load_herd', summary }, files });
    const texts = Object.fromEntries(
      emitTemplates(project).map(({ path, content }) => [path, content.toString()]),
    );
    expect(texts['lib/facter/load_herd.rb']).toBe('Facter.add(:load_herd)');
    expect(texts['files/logo.bin']).toBe('clone_army\0');
    expect(texts['manifests/init.pp']).toContain(
      '/var/lib/puppet-load-herd\nclass load_herd (Load_herd::Prefix',
    );
    expect(texts['README.md']).toMatch(
      /^# acme-load_herd 1\.2\.3\n\nLike clone_army, but other & more[\s\S]*`puppet-load-herd\.target`/,
    );
  });

  test.each([
    { given: "base => { image => 'debian-13' }", kept: true },
    { given: "base => { 'image' => 'debian-99' }", kept: false },
    { given: 'flavour: distro', kept: true },
    { given: 'flavour: unknown', kept: false },
  ])('keeps an example only if the module has what it uses: $given', async ({ given, kept }) => {
    const project = await smallProject({ files: { 'examples/x.pp': given } });
    expect(emitTemplates(project).some(({ path }) => path === 'examples/x.pp')).toBe(kept);
  });

  test('says which template goes wrong', async () => {
    const project = await smallProject({ files: { 'docs/x.md.ejs': '[%= model.nothing %]' } });
    expect(() => emitTemplates(project)).toThrow(
      'module-template/docs/x.md.ejs:1: model has no key "nothing"',
    );
  });
});
