# frozen_string_literal: true

require 'spec_helper'
require 'support/base_image'

# Systems that were bootstrapped before.
describe 'files/build-base' do
  include_context 'with a base image'

  describe 'another image' do
    let(:other) { '/etc/puppet-clone-army/bases/other' }
    let(:systems) { host.path('/var/cache/puppet-clone-army') }

    before do
      bootstrap("echo >> '#{host.path("/bootstraps")}'\n")
      build
      host.write("#{image}/etc/edited", '')
      FileUtils.cp_r(host.path(definition), host.path(other))
    end

    # Builds the other image. Returns how many systems have been bootstrapped, that of the first image included.
    def bootstraps
      expect(host.run("#{libexec}/build-base", 'other')).to have_attributes(status: 0, errors: '')
      host.read('/bootstraps').lines.length
    end

    it 'of the same system is not bootstrapped again, and has nothing of the first image' do
      expect(bootstraps).to eq(1)
      expect(Dir.children(host.path('/var/lib/puppet-clone-army/other/etc'))).to match_array(Dir.children(host.path("#{image}/etc")) - ['edited'])
    end

    it 'with other packages is not bootstrapped again' do
      host.write("#{other}/definition", host.read("#{other}/definition").sub('nginx', 'apache2'))
      expect(bootstraps).to eq(1)
    end

    it 'of another system is bootstrapped' do
      host.write("#{other}/definition", host.read("#{other}/definition").sub('trixie', 'forky'))
      expect(bootstraps).to eq(2)
      expect(host.read('/var/lib/puppet-clone-army/other/etc/bootstrapped')).to eq("Debian 13 forky\n")
    end

    it 'is bootstrapped if the system is older than a day, and the old one is removed' do
      kept = Dir.glob("#{systems}/*")
      FileUtils.touch(kept, mtime: Time.now - 90_000)
      expect(bootstraps).to eq(2)
      expect(Dir.glob("#{systems}/*")).to eq(kept)
      expect(File.mtime(kept.first)).to be > Time.now - 3600
    end

    it 'is bootstrapped if it is built again from the same definition, to have current packages' do
      build
      expect(host.read('/bootstraps').lines.length).to eq(2)
      expect(bootstraps).to eq(2)
    end

    it 'does not use a copy that was not finished' do
      kept = Dir.glob("#{systems}/*").first
      FileUtils.mv(kept, "#{kept}.new")
      expect(bootstraps).to eq(2)
    end

    it 'is bootstrapped if there is no place for a copy' do
      FileUtils.rm_rf(systems)
      FileUtils.touch(systems)
      expect(bootstraps).to eq(2)
    end

    it 'is for root only' do
      expect(host.mode('/var/cache/puppet-clone-army')).to eq('0700')
    end
  end
end
