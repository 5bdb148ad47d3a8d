# frozen_string_literal: true

require 'spec_helper'
require 'support/sandbox'

describe 'files/label-nspawn' do
  let(:host) { Sandbox.new }
  let(:libexec) { '/usr/local/libexec/puppet-clone-army' }
  let(:file) { '/usr/bin/systemd-nspawn' }
  let(:type) { 'container_runtime_exec_t' }
  let(:listing) { ['fcontext', '--list', '--locallist', '--noheading'] }

  before do
    host.install_scripts('label-nspawn')
    policy(rule: nil, label: 'bin_t')
    # Applies the rule, if there is one, and the default label bin_t otherwise.
    host.stand_in('restorecon', <<~'SHELL')
      here=${0%/*}/..
      set -- $(cat "$here/rule") bin_t
      echo "$1" > "$here/label"
    SHELL
    host.stand_in('stat', 'echo "system_u:object_r:$(cat "${0%/*}/../label"):s0"')
    host.stand_in('semanage', <<~'SHELL')
      rule=${0%/*}/../rule
      case $2 in
        --list)
          echo '/srv/other   all files   system_u:object_r:httpd_sys_content_t:s0'
          [ ! -s "$rule" ] || echo "/usr/bin/systemd-nspawn   regular file   system_u:object_r:$(cat "$rule"):s0"
          ;;
        --add | --modify) echo "$4" > "$rule" ;;
        --delete) : > "$rule" ;;
      esac
    SHELL
  end

  after { host.remove }

  def policy(rule:, label:)
    host.write('/rule', rule.to_s)
    host.write('/label', label)
  end

  def label_nspawn(*arguments)
    host.run("#{libexec}/label-nspawn", *arguments)
  end

  def changes
    host.calls('semanage').reject { |call| call == listing }
  end

  it 'adds a rule of the local policy and applies it' do
    expect(label_nspawn).to have_attributes(status: 0, errors: '', output: "label-nspawn: #{file}: #{type}\n")
    expect(changes).to eq([['fcontext', '--add', '--type', type, file]])
    expect(host.calls('semanage').first).to eq(listing)
    expect(host.calls('restorecon')).to eq([[file]])
    expect(host.calls('stat')).to eq([['--format=%C', file]])
  end

  it 'passes its own check afterwards' do
    expect { label_nspawn }.to change { label_nspawn('--check').status }.from(1).to(0)
  end

  it 'keeps an existing rule' do
    policy(rule: type, label: 'bin_t')
    expect(label_nspawn.status).to eq(0)
    expect(changes).to be_empty
  end

  it 'replaces a rule with another type' do
    policy(rule: 'bin_t', label: 'bin_t')
    label_nspawn
    expect(changes).to eq([['fcontext', '--modify', '--type', type, file]])
    expect(host.calls('restorecon')).to eq([[file]])
  end

  it 'detects a file that has lost its label' do
    policy(rule: type, label: 'bin_t')
    expect(label_nspawn('--check').status).to eq(1)
  end

  it 'detects a label without a rule, which a package update would remove' do
    policy(rule: nil, label: type)
    expect(label_nspawn('--check').status).to eq(1)
  end

  it 'changes nothing during a check' do
    ['--check', '--check-rule'].each { |option| label_nspawn(option) }
    expect(host.calls('semanage')).to eq([listing, listing])
    expect(host.calls('restorecon')).to be_empty
  end

  it 'names the likely cause if the label is not applied' do
    host.stand_in('restorecon')
    expect(label_nspawn).to have_attributes(status: 1, errors: /restorecon did not label .* as #{type}; is the policy of container-selinux installed/)
  end

  it 'fails if the rule cannot be added' do
    host.stand_in('semanage', '[ "$2" = --list ]')
    expect(label_nspawn.status).to be_positive
    expect(host.calls('restorecon')).to be_empty
  end

  describe '--remove' do
    it 'removes the rule and restores the default label' do
      policy(rule: type, label: type)

      expect(label_nspawn('--remove')).to have_attributes(status: 0, errors: '')
      expect(changes).to eq([['fcontext', '--delete', file]])
      expect(host.calls('restorecon')).to eq([[file]])
      expect(host.read('/label')).to eq("bin_t\n")
      expect(label_nspawn('--check-rule').status).to eq(1)
    end

    it 'keeps a rule with another type' do
      policy(rule: 'bin_t', label: 'bin_t')
      label_nspawn('--remove')
      expect(changes).to be_empty
    end
  end

  it 'rejects other options' do
    expect(label_nspawn('--force')).to have_attributes(status: 1, errors: /usage: label-nspawn/)
  end
end
