# frozen_string_literal: true

require 'spec_helper'

# Users' own Hiera data on top of the module's.
describe 'clone_army' do
  let(:facts) { any_host }
  let(:params) { { master: 'puppet.example.com' } }
  let(:folder) { Dir.mktmpdir('hiera') }
  let(:hiera_config) { File.join(folder, 'hiera.yaml') }

  after { FileUtils.rm_rf(folder) }

  def hiera(data)
    FileUtils.mkdir(File.join(folder, 'data'))
    File.write(File.join(folder, 'data/common.yaml'), YAML.dump(data))
    File.write(hiera_config, YAML.dump('version' => 5, 'hierarchy' => [{ 'name' => 'All', 'path' => 'common.yaml' }]))
  end

  context 'with a password' do
    before { hiera('clone_army::root_password' => 'from-hiera') }

    it 'is converted to Sensitive' do
      expect(catalogue.resource('class', 'clone_army').sensitive_parameters).to include(:root_password)
      is_expected.to contain_file("/etc/puppet-clone-army/bases/#{image_of(facts)}/root-password").with_content(sensitive('from-hiera'))
    end
  end

  context 'with an additional image' do
    let(:params) { super().merge(base: { 'image' => 'mine-1' }) }

    before do
      image = ModuleUnderTest.data.fetch('clone_army::images').values.first
      hiera('clone_army::images' => { 'mine-1' => image.merge('suite' => 'mine') })
    end

    it('can build the image') { is_expected.to contain_file('/etc/puppet-clone-army/bases/mine-1/definition').with_content(/^SUITE='mine'$/) }
    it('keeps the images of the module') { is_expected.to compile.with_all_deps }
  end
end
