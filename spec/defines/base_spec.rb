# frozen_string_literal: true

require 'open3'
require 'spec_helper'

describe 'clone_army::base' do
  let(:facts) { any_host }
  let(:title) { 'web' }
  let(:params) { { server: 'puppet.example.com' } }
  let(:pre_condition) { "class { 'clone_army': master => 'puppet.example.com' }" }
  let(:folder) { '/etc/puppet-clone-army/bases/web' }

  def content(name)
    catalogue.resource('file', "#{folder}/#{name}")[:content]
  end

  # Variables that a shell reads from the definition, as build-base does.
  def definition
    output, status = Open3.capture2('sh', stdin_data: "set -eu\n#{content('definition')}\nset")
    raise 'the definition is not valid shell' unless status.success?

    output.scan(/^([A-Z_]+)='(.*)'$/).to_h
  end

  # The specs of the class cover all hosts.
  host_of_each_family.each do |family, os_facts|
    context "on a host of the family #{family}" do
      let(:facts) { os_facts }

      it { is_expected.to compile.with_all_deps }
    end
  end

  context 'without a server of its own' do
    let(:params) { {} }

    it('has that of the class') { expect(definition).to include('SERVER' => 'puppet.example.com') }
  end

  context 'with ensure => absent' do
    let(:params) { { ensure: 'absent' } }

    it 'removes the definition with its passwords, and builds nothing' do
      is_expected.to contain_file(folder).with(ensure: 'absent', force: true, backup: false)
      is_expected.not_to contain_file("#{folder}/root-password")
      is_expected.not_to contain_exec('build base image web')
    end
  end

  it 'protects the definition from other users' do
    is_expected.to contain_file(folder).with(ensure: 'directory', owner: 'root', mode: '0700')
    ['definition', 'puppet.settings', 'root-password'].each do |name|
      is_expected.to contain_file("#{folder}/#{name}").with(owner: 'root', mode: '0600')
    end
  end

  it 'builds the image after the whole definition is written' do
    ['definition', 'puppet.settings', 'root-password'].each do |name|
      is_expected.to contain_file("#{folder}/#{name}").that_comes_before('Exec[build base image web]')
    end
  end

  it 'builds the image unless it was built from the current definition' do
    build_base = '/usr/local/libexec/puppet-clone-army/build-base'
    is_expected.to contain_exec('build base image web').with(
      command: "#{build_base} web",
      unless: "/usr/bin/test -x #{build_base} && #{build_base} --check web",
      timeout: 3600,
    )
  end

  it 'waits until the host is ready' do
    is_expected.to contain_file(folder).that_requires('Class[clone_army::host]')
  end

  it 'defaults to the system of the host and the password of the class' do
    image = ModuleUnderTest.data.fetch('clone_army::images').fetch(image_of(facts))
    expect(definition).to include(
      'OS' => image['os'],
      'RELEASE' => image['release'],
      'SUITE' => image['suite'],
      'BOOTSTRAPPER' => image['bootstrapper'],
      'SERVER' => 'puppet.example.com',
    )
    expect(content('root-password')).to eq(ModuleUnderTest.default('root_password'))
  end

  it 'adds no packages, mirror or settings by default' do
    expect(definition).to include('PACKAGES' => '', 'MIRROR' => '')
    expect(content('puppet.settings')).to eq('')
  end

  context 'with a CA, CSR attributes, setup scripts and local packages' do
    let(:params) do
      super().merge(
        ca: "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
        csr_attributes: { 'extension_requests' => { 'pp_role' => "it's a clone" }, 'custom_attributes' => { '1.2.840.113549.1.9.7' => 'secret' } },
        setup: ["echo one\n", "#!/bin/sh\necho two\n"],
        local_packages: ['/srv/agent.deb', '/srv/more.deb'],
      )
    end

    it('includes the CA certificate') { expect(content('ca.pem')).to start_with('-----BEGIN CERTIFICATE-----') }
    it 'removes scripts and files that the definition no longer has, and keeps no copy' do
      [folder, "#{folder}/setup"].each do |path|
        is_expected.to contain_file(path).with(recurse: true, purge: true, force: true, backup: false)
      end
    end

    it('includes setup scripts in order') { expect([content('setup/001'), content('setup/002')]).to eq(params[:setup]) }
    it('lists local packages as words') { expect(definition).to include('LOCAL_PACKAGES' => '/srv/agent.deb /srv/more.deb') }

    it 'includes CSR attributes, as secrets' do
      file = catalogue.resource('file', "#{folder}/csr_attributes.yaml")
      expect(file[:show_diff]).to be(false)
      expect(YAML.safe_load(file[:content])).to eq(
        'extension_requests' => { 'pp_role' => "it's a clone" },
        'custom_attributes' => { '1.2.840.113549.1.9.7' => 'secret' },
      )
    end
  end

  it 'removes files of an earlier definition' do
    is_expected.to contain_file(folder).with(recurse: true, purge: true, force: true).that_comes_before('Exec[build base image web]')
    ['ca.pem', 'csr_attributes.yaml', 'credentials', 'setup'].each { |name| is_expected.not_to contain_file("#{folder}/#{name}") }
  end

  if ModuleUnderTest.data.fetch('clone_army::flavours').key?('puppetcore')
    context 'with credentials' do
      let(:credentials) { { 'username' => 'forge-key', 'password' => 'key' } }
      let(:params) { super().merge(flavour: 'puppetcore', credentials: RSpec::Puppet::Sensitive.new(credentials)) }

      it('writes them as a secret') { is_expected.to contain_file("#{folder}/credentials").with_content(sensitive("forge-key\nkey\n")).with_show_diff(false) }
      it('keeps them out of the file with the other parameters') { expect(definition.values).not_to include('key') }
    end
  end

  if ModuleUnderTest.data.fetch('clone_army::flavours').key?('gem')
    context 'with a repository that nothing verifies' do
      let(:params) { super().merge(flavour: 'gem', repository: 'http://gems.example.com') }

      it 'fails, and names the image, the repository and the remedy' do
        is_expected.to compile.and_raise_error(%r{base image "web": .*http://gems\.example\.com.*use https, or set allow_http => true})
      end

      context 'when asked to' do
        let(:params) { super().merge(allow_http: true) }

        it { expect(definition).to include('REPOSITORY' => 'http://gems.example.com') }
      end
    end
  end

  context 'with a flavour of the site that has a quote in its release package' do
    let(:folder) { Dir.mktmpdir('hiera') }
    let(:hiera_config) { File.join(folder, 'hiera.yaml') }
    let(:params) { super().merge(flavour: ModuleUnderTest.data.fetch('clone_army::flavours').keys.first) }

    after { FileUtils.rm_rf(folder) }

    before do
      flavours = ModuleUnderTest.data.fetch('clone_army::flavours').transform_values do |flavour|
        flavour.merge('release_package' => flavour['families'].to_h { |family| [family, "it's.deb"] })
      end
      File.write(File.join(folder, 'common.yaml'), YAML.dump('clone_army::flavours' => flavours))
      File.write(hiera_config, YAML.dump('version' => 5, 'defaults' => { 'datadir' => '.', 'data_hash' => 'yaml_data' }, 'hierarchy' => [{ 'name' => 'All', 'path' => 'common.yaml' }]))
    end

    it { is_expected.to compile.and_raise_error(/release_package.*it's\.deb/) }
  end

  context 'with packages and a mirror' do
    let(:params) { super().merge(packages: ['nginx', 'g++'], mirror: 'http://mirror.example.com/debian') }

    it { expect(definition).to include('PACKAGES' => 'nginx g++', 'MIRROR' => 'http://mirror.example.com/debian') }
  end

  context 'with settings for the agent' do
    let(:params) do
      super().merge(puppet_settings: { 'agent' => { 'runinterval' => '10m', 'splay' => true }, 'main' => { 'http_debug' => false } })
    end

    it 'writes one setting per line, as tab-separated fields' do
      expect(content('puppet.settings').lines(chomp: true).map { |line| line.split("\t") }).to contain_exactly(
        ['agent', 'runinterval', '10m'],
        ['agent', 'splay', 'true'],
        ['main', 'http_debug', 'false'],
      )
    end
  end

  context 'with a password' do
    let(:params) { super().merge(root_password: RSpec::Puppet::Sensitive.new('hunter-two')) }

    it 'writes it as a secret' do
      is_expected.to contain_file("#{folder}/root-password").with_content(sensitive('hunter-two')).with_show_diff(false)
    end
  end

  context 'with a timeout' do
    let(:params) { super().merge(timeout: 60) }

    it { is_expected.to contain_exec('build base image web').with_timeout(60) }
  end

  ['server', 'certname', 'usecacheonfailure'].each do |setting|
    context "with the setting #{setting}, which users cannot set" do
      let(:params) { super().merge(puppet_settings: { 'agent' => { setting => 'x' } }) }

      it { is_expected.to compile.and_raise_error(/parameter 'puppet_settings'/) }
    end
  end

  {
    packages: ["nginx'; reboot"],
    mirror: "http://mirror.example.com/'$(reboot)",
    flavour: 'no-such-flavour',
    server: 'Puppet.example.com',
    timeout: 0,
    version: '8.x',
    repository: 'ftp://mirror.example.com',
    local_packages: ["/srv/agent'.deb"],
    ca: 'a certificate',
    csr_attributes: { 'extension_requests' => { 'pp_role' => "a\nb" } },
    setup: [''],
    credentials: { 'username' => 'forge-key', 'password' => 'two words' },
  }.each do |name, value|
    context "with #{value.inspect} for #{name}" do
      let(:params) { super().merge(name => value) }

      it { is_expected.to compile.and_raise_error(/parameter '#{name}'/) }
    end
  end

  context 'with an unknown image' do
    let(:params) { super().merge(image: 'haiku-1') }

    it { is_expected.to compile.and_raise_error(/there is no image "haiku-1"; the images are #{ModuleUnderTest.data.fetch('clone_army::images').keys.min}/) }
  end

  ['Web', '1web', '../web', 'web-', 'web-overlay', 'web-workdir', 'web-building', 'web-replaced', 'w' * 41].each do |name|
    context "with the name #{name}" do
      let(:title) { name }

      it { is_expected.to compile.and_raise_error(/\[#{name}\]: not a valid name of a base image/) }
    end
  end

  context 'with another base image' do
    let(:post_condition) { "clone_army::base { 'db-2.0': server => 'puppet.example.com' }" }

    it { is_expected.to compile.with_all_deps }
    it { is_expected.to contain_exec('build base image web') }
    it { is_expected.to contain_exec('build base image db-2.0') }
  end
end
