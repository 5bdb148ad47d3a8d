# frozen_string_literal: true

require 'spec_helper'

describe 'clone_army::limits' do
  let(:facts) { any_host }
  let(:params) { { clones: 1000 } }

  def content(file)
    catalogue.resource('file', file)[:content]
  end

  it { is_expected.to compile.with_all_deps }

  it 'sets kernel limits above the measured needs of this many clones' do
    limits = content('/etc/puppet-clone-army/limits').lines.grep_v(/^#/).to_h(&:split).transform_values(&:to_i)

    expect(limits).to include(
      'fs.inotify.max_user_instances' => be > 4 * 1000,
      'kernel.pid_max' => be > 10 * 1000,
      'kernel.pty.max' => be > 1000,
      'kernel.keys.maxkeys' => be > 1000,
    )
  end

  it 'raises limits after they are written' do
    raise_limits = '/usr/local/libexec/puppet-clone-army/raise-limits'
    is_expected.to contain_file('/etc/puppet-clone-army/limits').that_comes_before('Exec[raise kernel limits]')
    is_expected.to contain_exec('raise kernel limits').with(command: raise_limits, unless: "/usr/bin/test -x #{raise_limits} && #{raise_limits} --check")
  end

  it 'allows as many D-Bus connections, without a restart of D-Bus' do
    file = '/etc/dbus-1/system.d/puppet-clone-army.conf'
    expect(content(file)[%r{<limit name="max_connections_per_user">(\d+)</limit>}, 1].to_i).to be > 1000
    is_expected.to contain_file(file).that_notifies('Exec[reload dbus]')
    is_expected.to contain_exec('reload dbus').with_refreshonly(true)
  end

  it 'allows systemd-machined to open a file for each clone' do
    file = '/etc/systemd/system/systemd-machined.service.d/puppet-clone-army.conf'
    expect(content(file)[/^LimitNOFILE=(\d+)$/, 1].to_i).to be > 1000
    is_expected.to contain_file(file).that_notifies('Exec[restart systemd-machined]')
  end
end
