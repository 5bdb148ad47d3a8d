# frozen_string_literal: true

require 'spec_helper'
require 'facter'

describe 'the fact clone_army' do
  subject(:fact) { Facter.fact(:clone_army).value }

  let(:files) { {} }
  let(:systemctl) { "systemd 252 (252.30-1)\n+PAM +AUDIT\n" }
  let(:booted) { true }

  before do
    Facter.clear
    allow(Facter).to receive(:value).and_call_original
    allow(Facter).to receive(:value).with(:networking).and_return('fqdn' => 'Node.example.com')
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
      it('is the name of the node') { expect(fact['certname']).to eq('node.example.com') }
    end

    context 'with a puppet.conf that sets none' do
      let(:files) { { '/etc/puppet/puppet.conf' => "[main]\nserver = puppet.example.com\n# certname = a.example.com\n" } }

      it('is the name of the node') { expect(fact['certname']).to eq('node.example.com') }
    end

    context 'with one in [main]' do
      let(:files) { { '/etc/puppet/puppet.conf' => "[main]\ncertname = main.example.com\n" } }

      it { expect(fact['certname']).to eq('main.example.com') }
    end

    context 'with one before any section, which is in [main] as well' do
      let(:files) { { '/etc/puppet/puppet.conf' => "certname=main.example.com\n[agent]\nsplay = true\n" } }

      it { expect(fact['certname']).to eq('main.example.com') }
    end

    context 'with one in [agent] too, wherever it stands' do
      ['agent', 'main'].permutation.each do |sections|
        context "with [#{sections.first}] first" do
          let(:files) { { '/etc/puppet/puppet.conf' => sections.map { |name| "[#{name}]\n  certname = #{name}.example.com\n" }.join } }

          it { expect(fact['certname']).to eq('agent.example.com') }
        end
      end
    end

    context 'with one of a server on the same node' do
      let(:files) { { '/etc/puppet/puppet.conf' => "[server]\ncertname = puppet.example.com\n[master]\ncertname = old.example.com\n" } }

      it('is not that') { expect(fact['certname']).to eq('node.example.com') }
    end

    context 'with capitals, which certificates do not have' do
      let(:files) { { '/etc/puppet/puppet.conf' => "[agent]\ncertname = Web1.Example.COM\n" } }

      it { expect(fact['certname']).to eq('web1.example.com') }
    end

    context 'with files of two packages' do
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
    it('is its version') { expect(fact['systemd']).to eq(252) }

    context 'where it is installed but did not boot the system' do
      let(:booted) { false }

      it { expect(fact['systemd']).to be_nil }
    end

    context 'where it is not installed' do
      let(:systemctl) { '' }

      it { expect(fact['systemd']).to be_nil }
    end
  end
end
