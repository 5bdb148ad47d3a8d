# frozen_string_literal: true

require 'English'
require 'json'
require 'open3'
require 'spec_helper'
require 'support/keys'

# Secrets are looked for wherever Puppet writes: catalogs, reports, logs, the file bucket, the state of an agent.
describe 'clone_army' do
  keys = {
    'RSA' => Keys.create('agent.example.com'),
    'EC' => Keys.create('agent.example.com', OpenSSL::PKey::EC.generate('prime256v1')),
  }
  vendor = ModuleUnderTest.data.fetch('clone_army::flavours').find { |_, flavour| flavour['needs']&.include?('credentials') }&.first

  # As Hiera, JSON and YAML have them.
  secrets = {
    'puppet_settings' => { 'main' => { 'http_proxy_password' => 'canary-setting' } },
    'csr_attributes' => { 'custom_attributes' => { 'challengePassword' => 'canary-challenge' } },
  }
  secrets.merge!('flavour' => vendor, 'credentials' => { 'username' => 'forge-key', 'password' => 'canary-credentials' }) if vendor
  files = {
    'puppet.settings' => /\tcanary-setting$/, 'csr_attributes.yaml' => /'canary-challenge'$/, 'root-password' => /\Acanary-root\z/,
    'credentials' => vendor && /^canary-credentials$/
  }.compact

  let(:type) { 'RSA' }
  let(:key) { keys.fetch(type).first }
  let(:certificate) { keys.fetch(type).last }
  let(:facts) { agent_facts }
  let(:agent_facts) { any_host.merge(clone_army: any_host[:clone_army].merge('certificate' => certificate.to_pem)) }
  let(:trusted_facts) { {} }
  let(:params) { { master: 'puppet.example.com', root_password: 'canary-root', base: secrets.merge('name' => 'web') } }
  let(:folder) { '/etc/puppet-clone-army/bases/web' }

  # rspec-puppet decrypts, as an agent does before it applies the catalog.
  before { allow(Puppet::Pops::Evaluator::DeferredResolver).to receive(:resolve_and_replace) }

  # What an agent stores, and PuppetDB gets.
  def json
    Puppet.override(rich_data: true) { catalogue.to_json }
  end

  def decrypted(deferred)
    text = deferred.arguments.first.unwrap
    type == 'RSA' ? OpenSSL::PKCS7.new(text).decrypt(key) : decrypt_with_curve(text)
  end

  # As in SEC 1, with the digest and the cipher that the function names.
  def decrypt_with_curve(text)
    point, encrypted = text.split(':').map { |part| part.unpack1('m0') }
    shared = key.dh_compute_key(OpenSSL::PKey::EC::Point.new(key.group, OpenSSL::BN.new(point, 2)))
    cipher = OpenSSL::Cipher.new('aes-256-cbc').decrypt
    cipher.key = OpenSSL::Digest::SHA512.digest("#{shared}\0\0\0\1#{point}")[0, 32]
    cipher.iv = "\0" * 16
    cipher.update(encrypted) + cipher.final
  end

  shared_examples 'no secret in the catalog' do
    it 'has no secret in the catalog' do
      expect(json).to include('redacted')
      expect(json).not_to include('canary')
    end

    it 'has every secret in the definition, for the agent only' do
      files.each { |name, text| expect(decrypted(catalogue.resource('file', "#{folder}/#{name}")[:content])).to match(text) }
    end

    it 'shows no differences of secrets, and copies no earlier definition to the file bucket' do
      files.each_key { |name| is_expected.to contain_file("#{folder}/#{name}").with(show_diff: false, backup: false, mode: '0600') }
      is_expected.to contain_file(folder).with(backup: false)
    end
  end

  keys.each_key do |name|
    context "with plain secrets, for an agent with an #{name} key" do
      let(:type) { name }

      include_examples 'no secret in the catalog'
    end
  end

  context 'with several base images' do
    let(:params) { super().merge(base: {}, bases: { 'web' => secrets, 'other' => secrets }) }

    include_examples 'no secret in the catalog'
  end

  context 'with Sensitive secrets' do
    let(:params) do
      sensitive = secrets.to_h { |name, value| [name, name == 'flavour' ? value : RSpec::Puppet::Sensitive.new(value)] }
      super().merge(root_password: RSpec::Puppet::Sensitive.new('canary-root'), base: sensitive.merge('name' => 'web'))
    end

    include_examples 'no secret in the catalog'
  end

  context 'with a base image of its own' do
    let(:params) { { master: 'puppet.example.com' } }
    let(:post_condition) do
      arguments = secrets.merge('server' => 'puppet.example.com', 'root_password' => 'canary-root').map { |name, value| "#{name} => #{value.inspect}" }
      "clone_army::base { 'web': #{arguments.join(', ')} }"
    end

    include_examples 'no secret in the catalog'
  end

  context 'with single values that are Sensitive' do
    let(:params) { { master: 'puppet.example.com' } }
    let(:post_condition) { <<~PUPPET }
      clone_army::base { 'web':
        server          => 'puppet.example.com',
        puppet_settings => { 'main' => { 'http_proxy_password' => Sensitive('canary-setting'), 'splay' => true } },
        csr_attributes  => { 'custom_attributes' => { 'challengePassword' => Sensitive('canary-challenge') } },
      }
    PUPPET

    it 'writes them, and leaves them out of the catalog' do
      files.slice('puppet.settings', 'csr_attributes.yaml').each do |name, text|
        expect(decrypted(catalogue.resource('file', "#{folder}/#{name}")[:content])).to match(text)
      end
      expect(json).not_to include('canary')
    end
  end

  context 'without an agent, which would store the catalog' do
    let(:facts) { any_host }

    it 'has the secrets as Sensitive' do
      files.each_key { |name| expect(catalogue.resource('file', "#{folder}/#{name}").sensitive_parameters).to include(:content) }
      expect(catalogue.resource('clone_army::base', 'web').sensitive_parameters).to include(*secrets.keys.map(&:to_sym) - [:flavour])
    end
  end

  {
    'credentials' => { 'username' => 'forge-key', 'password' => 'canary with blanks' },
    'csr_attributes' => { 'custom_attributes' => { 'challengePassword' => "canary\nline" } },
    'puppet_settings' => { 'main' => { 'http_proxy_password' => "canary\nline" } },
  }.each do |name, value|
    context "with a mistake in #{name}" do
      let(:params) { super().merge(base: secrets.merge('name' => 'web', name => value)) }

      it 'names the parameter, but not the value' do
        expect { catalogue }.to(raise_error(/Clone_army::Base\[web\].*parameter '#{name}'/m) { |error| expect(error.message).not_to include('canary') })
      end
    end
  end

  context 'when applied' do
    let(:home) { Dir.mktmpdir('agent') }
    let(:target) { File.join(home, 'bases') }

    after { FileUtils.rm_rf(home) }

    before do
      FileUtils.mkdir_p(File.join(home, 'vardir'))
      FileUtils.cp_r(File.join(ModuleUnderTest::ROOT, 'lib'), File.join(home, 'vardir'))
      { 'private_keys' => key, 'certs' => certificate }.each do |name, content|
        FileUtils.mkdir_p(File.join(home, 'ssl', name))
        File.write(File.join(home, 'ssl', name, 'agent.example.com.pem'), content.to_pem)
      end
    end

    # The files of the definition, in another folder, as an agent applies them.
    def apply
      data = JSON.parse(json)
      data['resources'].select! { |resource| resource['type'] == 'File' && resource['title'].start_with?(folder) }
      data['resources'].each { |resource| resource['parameters'].delete_if { |name, _| ['require', 'before'].include?(name) } }
      data['edges'] = []
      text = JSON.generate(data).gsub(folder, target)
      settings = ['confdir', 'vardir', 'ssldir', 'publicdir', 'logdir', 'rundir'].map { |name| "--#{name}=#{File.join(home, name == 'ssldir' ? 'ssl' : name)}" }
      output, status = Open3.capture2e('ruby', '-e', APPLY, '--', *settings, stdin_data: text)
      raise output unless status.success?

      output
    end

    def written
      Dir.glob("#{home}/**/*", File::FNM_DOTMATCH).select { |file| File.file?(file) && !file.start_with?(target) }
    end

    keys.each_key do |name|
      context "by an agent with an #{name} key" do
        let(:type) { name }

        it 'writes the definition, and secrets nowhere else, not even when they change' do
          output = apply
          files.each { |name, text| expect(File.read(File.join(target, name))).to match(text), output }
          expect(Dir.children(target).map { |name| File.stat(File.join(target, name)).mode & 0o7777 }).to all(eq(0o600))

          files.each_key { |name| File.write(File.join(target, name), 'canary-earlier') }
          File.write(File.join(target, 'stale'), 'canary-stale')
          output += apply
          files.each { |name, text| expect(File.read(File.join(target, name))).to match(text), output }
          expect(File.exist?(File.join(target, 'stale'))).to be(false)

          expect(output).to include('/root-password]/content: changed [redacted] to [redacted]').and include('/stale]/ensure: removed')
          expect(output).not_to include('canary')
          expect(written.map { |file| File.extname(file) }).to include('.yaml', '.json')
          expect(written.select { |file| File.binread(file).include?('canary') }).to be_empty
        end
      end
    end
  end
end

# An agent's run with the catalog that it reads from standard input: caches it, applies it and stores the report.
APPLY = <<~'RUBY'
  require 'puppet'
  require 'puppet/configurer'
  Puppet.initialize_settings([*ARGV, '--certname=agent.example.com', '--debug', '--show_diff', '--reports=store'])
  Puppet.settings.use(:main, :agent)
  Puppet::Util::Log.level = :debug
  Puppet::Util::Log.newdestination(:console)
  Puppet::Resource::Catalog.indirection.cache_class = :json
  Puppet::Transaction::Report.indirection.terminus_class = :processor
  environment = Puppet::Node::Environment.create(:production, [])
  Puppet.override(current_environment: environment, rich_data: true, loaders: Puppet::Pops::Loaders.new(environment, true)) do
    catalog = Puppet::Resource::Catalog.convert_from(:json, $stdin.read)
    catalog.environment_instance = environment
    request = Puppet::Indirector::Request.new(:catalog, :save, catalog.name, catalog)
    Puppet::Resource::Catalog.indirection.cache.save(request)
    facts = Puppet::Node::Facts.new('agent.example.com', {})
    converted = Puppet::Configurer.new.convert_catalog(catalog, 1, facts)
    report = Puppet::Transaction::Report.new
    Puppet::Util::Log.newdestination(report)
    converted.apply(report: report)
    report.finalize_report
    Puppet::Transaction::Report.indirection.save(report)
  end
RUBY
