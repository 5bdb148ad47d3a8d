# frozen_string_literal: true

require 'spec_helper'
require 'facter'
require 'support/keys'
require 'support/sandbox'

describe 'the fact clone_army' do
  subject(:fact) { Facter.fact(:clone_army).value }

  let(:host) { Sandbox.new }
  let(:files) { {} }
  let(:systemctl) { "systemd 252 (252.30-1)\n+PAM +AUDIT\n" }
  let(:booted) { true }

  before do
    Facter.clear
    allow(Facter).to receive(:value).and_call_original
    allow(Facter).to receive(:value).with(:networking).and_return('fqdn' => 'Host.example.com')
    allow(Facter::Core::Execution).to receive(:execute).and_call_original
    allow(Facter::Core::Execution).to receive(:execute).with('systemctl --version', any_args).and_return(systemctl)
    FileUtils.mkdir_p(host.path('/run/systemd/system')) if booted
    files.each { |name, content| host.write(name, content) }

    fact = File.read(File.join(ModuleUnderTest::ROOT, 'lib/facter/clone_army.rb'))
    host.write('/clone_army.rb', fact.gsub(%r{(?<=')/(?=etc/|run/|sys/)}) { "#{host.root}/" })
    load host.path('/clone_army.rb')
  end

  after { host.remove }

  after { Facter.clear }

  describe 'certname' do
    context 'without a puppet.conf' do
      it('is the name of the host') { expect(fact['certname']).to eq('host.example.com') }
    end

    context 'with a puppet.conf that does not set it' do
      let(:files) { { '/etc/puppet/puppet.conf' => "[main]\nserver = puppet.example.com\n# certname = a.example.com\n" } }

      it('is the name of the host') { expect(fact['certname']).to eq('host.example.com') }
    end

    context 'when set in [main]' do
      let(:files) { { '/etc/puppet/puppet.conf' => "[main]\ncertname = main.example.com\n" } }

      it { expect(fact['certname']).to eq('main.example.com') }
    end

    context 'when set before any section, which counts as [main]' do
      let(:files) { { '/etc/puppet/puppet.conf' => "certname=main.example.com\n[agent]\nsplay = true\n" } }

      it { expect(fact['certname']).to eq('main.example.com') }
    end

    context 'when set in [agent] as well, in any order' do
      ['agent', 'main'].permutation.each do |sections|
        context "with [#{sections.first}] first" do
          let(:files) { { '/etc/puppet/puppet.conf' => sections.map { |name| "[#{name}]\n  certname = #{name}.example.com\n" }.join } }

          it { expect(fact['certname']).to eq('agent.example.com') }
        end
      end
    end

    context 'when set for a server on the same host' do
      let(:files) { { '/etc/puppet/puppet.conf' => "[server]\ncertname = puppet.example.com\n[master]\ncertname = old.example.com\n" } }

      it('is the name of the host') { expect(fact['certname']).to eq('host.example.com') }
    end

    context 'with upper-case letters, which certnames do not have' do
      let(:files) { { '/etc/puppet/puppet.conf' => "[agent]\ncertname = Web1.Example.COM\n" } }

      it { expect(fact['certname']).to eq('web1.example.com') }
    end

    context 'with the puppet.conf of two packages' do
      let(:files) do
        {
          '/etc/puppet/puppet.conf' => "[agent]\ncertname = distro.example.com\n",
          '/etc/puppetlabs/puppet/puppet.conf' => "[agent]\ncertname = puppetlabs.example.com\n",
        }
      end

      it { expect(fact['certname']).to eq('puppetlabs.example.com') }
    end
  end

  context 'with a puppet.conf in UTF-8, read in the locale C' do
    let(:files) { { '/etc/puppet/puppet.conf' => "\u{FEFF}[main]\n# Rechenzentrum K\u00F6ln\ncertname = main.example.com\n" } }

    around do |example|
      locale = Encoding.default_external
      silence { Encoding.default_external = Encoding::US_ASCII }
      example.run
    ensure
      silence { Encoding.default_external = locale }
    end

    # Ruby warns about any change of its default encoding.
    def silence
      verbose = $VERBOSE
      $VERBOSE = nil
      yield
    ensure
      $VERBOSE = verbose
    end

    it { expect(fact['certname']).to eq('main.example.com') }
    it { expect(fact['certname'].encoding).to eq(Encoding::UTF_8) }
  end

  context 'with a puppet.conf in another encoding' do
    let(:files) { { '/etc/puppet/puppet.conf' => "[main]\n# K\xF6ln\ncertname = main.example.com\n" } }

    it { expect(fact['certname']).to eq('main.example.com') }
  end

  describe 'server' do
    context 'without a puppet.conf' do
      it { expect(fact['server']).to be_nil }
    end

    context 'when set in [main] and [agent]' do
      let(:files) { { '/etc/puppet/puppet.conf' => "[agent]\nserver = Balancer.example.com\n[main]\nserver = main.example.com\n" } }

      it { expect(fact['server']).to eq('balancer.example.com') }
    end

    context 'with several servers' do
      let(:files) { { '/etc/puppet/puppet.conf' => "[main]\nserver = main.example.com\nserver_list = one.example.com:8140, two.example.com\n" } }

      it('is the first') { expect(fact['server']).to eq('one.example.com') }
    end

    context 'in a run of the agent' do
      before { allow(Puppet.run_mode).to receive(:agent?).and_return(true) }

      it 'is the setting, which is `puppet` by default' do
        expect(fact['server']).to eq('puppet')
      end

      it 'is the first of several servers' do
        Puppet[:server_list] = ['one.example.com:8140', 'two.example.com']
        expect(fact['server']).to eq('one.example.com')
      ensure
        Puppet[:server_list] = []
      end
    end
  end

  describe 'memory_limit' do
    context 'without control groups of version 2' do
      it { expect(fact['memory_limit']).to be_nil }
    end

    context 'without a limit' do
      let(:files) { { '/sys/fs/cgroup/machine.slice/memory.max' => "max\n" } }

      it { expect(fact['memory_limit']).to be_nil }
    end

    context 'with a limit for the host, as in a container, and one for clones' do
      let(:files) { { '/sys/fs/cgroup/memory.max' => "4294967296\n", '/sys/fs/cgroup/machine.slice/memory.max' => "8589934592\n" } }

      it('is the lower one') { expect(fact['memory_limit']).to eq(4_294_967_296) }
    end
  end

  context 'without anything to tell' do
    let(:systemctl) { '' }

    it('has no empty values, which Puppet would turn into strings') { expect(fact.keys).to contain_exactly('certname', 'needrestart') }
  end

  describe 'needrestart' do
    it { expect(fact['needrestart']).to be(false) }

    context 'when installed' do
      let(:files) { { '/etc/needrestart/conf.d/README.needrestart' => '' } }

      it { expect(fact['needrestart']).to be(true) }
    end
  end

  describe 'systemd' do
    it('is the version') { expect(fact['systemd']).to eq(252) }

    context 'when installed, but not the init system' do
      let(:booted) { false }

      it { expect(fact['systemd']).to be_nil }
    end

    context 'when not installed' do
      let(:systemctl) { '' }

      it { expect(fact['systemd']).to be_nil }
    end
  end

  describe 'certificate' do
    let(:mode) { :agent }
    let(:key) { OpenSSL::PKey::RSA.new(2048) }
    let(:pem) { Keys.create('host.example.com', key).last.to_pem }

    before do
      allow(Puppet).to receive(:run_mode).and_return(Puppet::Util::RunMode[mode])
      allow(Puppet).to receive(:[]).and_call_original
      allow(Puppet).to receive(:[]).with(:hostcert).and_return('/ssl/host.pem')
      allow(File).to receive(:readable?).and_call_original
      allow(File).to receive(:readable?).with('/ssl/host.pem').and_return(true)
      allow(File).to receive(:read).and_call_original
      allow(File).to receive(:read).with('/ssl/host.pem').and_return(pem)
    end

    it('is that of the agent') { expect(fact['certificate']).to eq(pem) }

    context 'without an agent' do
      let(:mode) { :user }

      it { expect(fact['certificate']).to be_nil }
    end

    context 'with a key on an elliptic curve' do
      let(:key) { OpenSSL::PKey::EC.generate('prime256v1') }

      it { expect(fact['certificate']).to eq(pem) }
    end

    context 'with a key that cannot decrypt' do
      before { allow_any_instance_of(OpenSSL::X509::Certificate).to receive(:public_key).and_return(OpenSSL::PKey::DSA.allocate) }

      it { expect(fact['certificate']).to be_nil }
    end

    context 'with a file that is no certificate' do
      let(:pem) { 'half a cert' }

      it { expect(fact['certificate']).to be_nil }
    end
  end
end
