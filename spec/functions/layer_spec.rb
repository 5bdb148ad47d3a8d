# frozen_string_literal: true

require 'spec_helper'

describe 'clone_army::layer' do
  let(:facts) { any_host }

  def layer(run_mode)
    subject.execute(run_mode)
  end

  # Makes this file of the module look as if a later version had changed it.
  def change(file)
    allow(Puppet::FileSystem).to receive(:read_preserve_line_endings).and_wrap_original do |read, path|
      path.to_s.end_with?("/files/#{file}") ? "#{read.call(path)}# changed\n" : read.call(path)
    end
  end

  ['service', 'timer'].each do |run_mode|
    it "is named after the mode, such as #{run_mode}, and its files" do
      expect(layer(run_mode)).to include('name' => match(/\A\.#{run_mode}-\h{8}\z/), 'files' => include(%r{\Aetc/systemd/journald\.conf\.d/}))
    end
  end

  it 'has the target of mode timer in both modes, because a clone that dies after a change of mode comes back on its old layer' do
    targets = ['timer', 'service'].map { |run_mode| layer(run_mode)['files']['etc/systemd/system/puppet-clone-army.target'] }
    expect(targets).to match([include('content' => /^Wants=/), { 'target' => '/lib/systemd/system/multi-user.target' }])
  end

  it 'has the same name as long as no file changes' do
    expect(layer('timer')['name']).to eq(layer('timer')['name'])
  end

  it 'has another name when a file changes, so that the one that clones are mounted on stays as it is' do
    before = ['timer', 'service'].map { |run_mode| layer(run_mode)['name'] }
    change('timer/run-agent')
    after = ['timer', 'service'].map { |run_mode| layer(run_mode)['name'] }

    expect(after.first).not_to eq(before.first)
    expect(after.last).to eq(before.last)
  end
end
