# frozen_string_literal: true

require 'spec_helper'

describe 'clone_army' do
  let(:facts) { any_host }
  let(:image) { image_of(facts) }
  let(:params) { { master: 'puppet.example.com', bases: bases } }

  def fleet
    JSON.parse(catalogue.resource('file', '/etc/puppet-clone-army/fleet.json')[:content])
  end

  describe 'several base images' do
    let(:bases) do
      {
        'stable' => { 'count' => 40 },
        'canary' => { 'count' => 2, 'prefix' => 'canary', 'image' => image, 'packages' => ['nginx'] },
      }
    end

    it { is_expected.to compile.with_all_deps }

    context 'with patches for one of them' do
      let(:bases) { { 'plain' => { 'count' => 1 }, 'next' => { 'count' => 1, 'patches' => ['/srv/next', '/srv/common'] } } }

      it('applies the patches only to its clones') { expect(fleet['groups'].map { |group| group['patches'] }).to eq([nil, '/srv/next:/srv/common']) }
      it('builds the image without the patches') { is_expected.to contain_clone_army__base('next').without_patches }
    end

    it 'assigns clones to base images' do
      expect(fleet['groups']).to eq(
        [
          { 'base' => 'stable', 'prefix' => 'stable-', 'first' => 1, 'count' => 40 },
          { 'base' => 'canary', 'prefix' => 'canary', 'first' => 1, 'count' => 2 },
        ],
      )
    end

    it { is_expected.to contain_clone_army__base('stable').with_image(image).with_packages([]).that_comes_before('Class[clone_army::fleet]') }
    it { is_expected.to contain_clone_army__base('canary').with_packages(['nginx']).with_server('puppet.example.com') }
    it { is_expected.to have_clone_army__base_resource_count(2) }

    it 'raises limits for the whole fleet' do
      is_expected.to contain_class('clone_army::limits').with_clones(42)
    end
  end

  {
    'an unknown image' => [{ 'a' => { 'image' => 'debian-99' } }, {}, /there is no image "debian-99"/],
    'an unknown key' => [{ 'a' => { 'flavr' => 'x' } }, {}, /has no parameter named 'flavr'/],
    'more clones than the memory holds' => [{ 'a' => { 'count' => 9000 } }, {}, /num_clones is 9000, but/],
    'base set as well' => [{ 'a' => {} }, { base: { 'name' => 'b' } }, /both base and bases are set/],
  }.each do |what, (definitions, further, message)|
    context "with #{what}" do
      let(:bases) { definitions }
      let(:params) { super().merge(further) }

      it { is_expected.to compile.and_raise_error(message) }
    end
  end

  context 'with a flavour in base' do
    let(:params) { { master: 'puppet.example.com', base: { 'flavour' => ModuleUnderTest.data.fetch('clone_army::flavours').keys.first } } }

    it { is_expected.to compile.with_all_deps }
  end
end
