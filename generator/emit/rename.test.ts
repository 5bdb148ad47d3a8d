import { describe, expect, test } from '@jest/globals';
import { namesOf } from '../../model/names.ts';
import { rename, renameBytes } from './rename.ts';

const names = namesOf('load_herd');

describe('rename', () => {
  test.each([
    { given: 'class clone_army::host', want: 'class load_herd::host' },
    { given: 'Clone_army::Name $clone_army::x', want: 'Load_herd::Name $load_herd::x' },
    { given: "file('clone_army/common.sh')", want: "file('load_herd/common.sh')" },
    {
      given: "Facter.add(:clone_army) # facts['clone_army']",
      want: "Facter.add(:load_herd) # facts['load_herd']",
    },
    { given: '/etc/puppet-clone-army/fleet.json', want: '/etc/puppet-load-herd/fleet.json' },
    { given: 'puppet-clone-army@clone1.service', want: 'puppet-load-herd@clone1.service' },
    { given: 'var-lib-puppet\\x2dclone\\x2darmy.mount', want: 'var-lib-puppet\\x2dload\\x2dherd.mount' },
    { given: "'puppet\\\\x2dclone\\\\x2darmy'", want: "'puppet\\\\x2dload\\\\x2dherd'" },
    {
      given: "contain_clone_army__base('a') have_clone_army__base_resource_count(2)",
      want: "contain_load_herd__base('a') have_load_herd__base_resource_count(2)",
    },
    { given: 'xcontain_clone_army__base clone_army__x', want: 'xcontain_clone_army__base clone_army__x' },
    { given: 'lib/facter/clone_army.rb', want: 'lib/facter/load_herd.rb' },
    {
      given: 'my_clone_army clone_army_too clonearmy clone-army',
      want: 'my_clone_army clone_army_too clonearmy clone-army',
    },
    { given: 'puppet-clone\\x2darmy xpuppet-clone-army', want: 'puppet-clone\\x2darmy xpuppet-clone-army' },
  ])('$given', ({ given, want }) => {
    expect(rename(given, names)).toBe(want);
  });

  test('changes nothing for the default name', () => {
    const text = 'clone_army Clone_army puppet-clone-army';
    expect(rename(text, namesOf('clone_army'))).toBe(text);
  });

  test('handles a new name that contains the default name', () => {
    expect(rename('clone_army::x puppet-clone-army', namesOf('big_clone_army'))).toBe(
      'big_clone_army::x puppet-big-clone-army',
    );
  });
});

describe('renameBytes', () => {
  test.each([Buffer.from('clone_army\0'), Buffer.from([0xff, ...Buffer.from(' clone_army')])])(
    'does not change binary files',
    (content) => {
      expect(renameBytes(content, names)).toBe(content);
    },
  );

  test('preserves non-ASCII characters', () => {
    expect(renameBytes(Buffer.from('é clone_army'), names).toString()).toBe('é load_herd');
  });
});
