import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { SYSTEMD_FEATURES } from '../../model/limits.ts';
import { smallProject } from '../fixtures/small.ts';
import { emitHiera } from './hiera.ts';

describe('emitHiera', () => {
  test('uses the name of the generated module in the keys', async () => {
    const { model } = await smallProject({ metadata: { name: 'acme-load_herd' } });
    const [file] = emitHiera(model);
    expect(file).toMatchObject({ path: 'data/common.yaml', mode: 0o644 });
    expect(file?.content).toMatch(/^---\nlookup_options:\n/);
    expect(parse(String(file?.content))).toMatchObject({
      lookup_options: {
        'load_herd::images': { merge: 'deep' },
        'load_herd::host::bootstrappers': { merge: 'deep' },
        'load_herd::root_password': { convert_to: 'Sensitive' },
      },
      'load_herd::clone_prefix': 'clone',
      'load_herd::manage_nodejs': true,
      'load_herd::images': model.images,
      'load_herd::host_os': { Debian: ['12', '13'] },
      'load_herd::families': { Debian: 'Debian' },
      'load_herd::flavours': {
        distro: { families: ['Debian'], script: 'distro', takes: ['version'] },
        gem: { families: ['Debian'], script: 'gem' },
      },
      'load_herd::systemd_features': SYSTEMD_FEATURES,
    });
  });

  test.each([
    { given: 'no', want: "'no'" },
    { given: '1_000', want: "'1_000'" },
    { given: '12:30', want: "'12:30'" },
    { given: "it's # {", want: "'it''s # {'" },
    { given: '%{facts.x}%', want: `'%{literal(''%'')}{facts.x}%'` },
    { given: 'x'.repeat(200), want: `'${'x'.repeat(200)}'` },
  ])('preserves the password $given', async ({ given, want }) => {
    const { model } = await smallProject({ module: { defaults: { root_password: given } } });
    expect(emitHiera(model)[0]?.content).toContain(`clone_army::root_password: ${want}\n`);
  });
});
