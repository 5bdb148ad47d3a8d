# frozen_string_literal: true

require 'spec_helper'
require 'facter'
require 'support/keys'

describe 'the fact clone_army' do
  subject(:fact) { Facter.fact(:clone_army).value }

  let(:files) { {} }
  let(:systemctl) { "systemd 252 (252.30-1)\n+PAM +AUDIT\n" }
  let(:booted) { true }

  before do
    Facter.clear
    allow(Facter).to receive(:value).and_call_original
    allow(Facter).to receive(:value).with(:networking).and_return('fqdn' => 'Host.example.com')
    allow(Facter::Core::Execution).to receive(:execute).and_call_original
    allow(Facter::Core::Execution).to receive(:execute).with('systemctl --version', any_args).and_return(systemctl)
    allow(File).to receive(:directory?).and_call_original
    allow(File).to receive(:directory?).with('/run/systemd/system').and_return(booted)

    allow(File).to receive(:readable?).and_call_original
    allow(File).to receive(:readlines).and_call_original
    ['/etc/puppetlabs/puppet/puppet.conf', '/etc/puppet/puppet.conf'].each do |file|
      allow(File).to receive(:readable?).with(file).and_return(files.key?(file))
      allow(File).to receive(:readlines).with(file, chomp: true).and_return(files.fetch(file, '').lines(chomp: true))
    end

    load File.join(ModuleUnderTest::ROOT, 'lib/facter/clone_army.rb')
  end

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
      allow(File).to receive(:readable?).with('/ssl/host.pem').and_return(true)
      allow(File).to receive(:read).and_call_original
      allow(File).to receive(:read).with('/ssl/host.pem').and_return(pem)
    end

    it('is that of the agent') { expect(fact['certificate']).to eq(pem) }

    context 'without an agent' do
      let(:mode) { :user }

      it { expect(fact['certificate']).to be_nil }
    end

    context 'with a key that cannot decrypt' do
      let(:key) { OpenSSL::PKey::EC.generate('prime256v1') }

      it { expect(fact['certificate']).to be_nil }
    end

    context 'with a file that is no certificate' do
      let(:pem) { 'half a cert' }

      it { expect(fact['certificate']).to be_nil }
    end
  end
end
