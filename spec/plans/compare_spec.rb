# frozen_string_literal: true

require_relative 'plan_helper'
require_relative 'load_hosts'

describe 'plan clone_army::compare' do
  include LoadHosts

  let(:verdict) { { 'passed' => true, 'summary' => 'no figure regressed' } }
  let(:made) { { 'stdout' => "/tmp/x\n", 'stderr' => '', 'exit_code' => 0 } }

  before do
    ['a.json', 'b.json', 'c.json'].each { |name| File.write(File.join(scratch, name), '{}') }
    allow_command('mktemp -d').return { |targets:, **| results(targets.to_h { |target| [target, made] }) }
    allow_task('clone_army::load_compare').return do |targets:, params:, **|
      asked['load_compare'] << params.reject { |name, _| name.start_with?('_') }
      results(targets.to_h { |target| [target, verdict] })
    end
  end

  def compare(more = {})
    run_plan('clone_army::compare', { 'targets' => hosts.keys, 'before' => 'a.json', 'after' => 'b.json', 'folder' => 'diff' }.merge(more))
  end

  it 'compares on the first host, and brings the comparison here' do
    expect(compare.value).to eq('passed' => true, 'summary' => 'no figure regressed', 'files' => [File.join(scratch, 'diff/report.html')])
    expect(asked['load_compare']).to eq(
      [{ 'before' => ['/tmp/x/before-0.json'], 'after' => ['/tmp/x/after-0.json'], 'folder' => '/tmp/x/comparison', 'max_regression' => 10 }],
    )
    expect(messages).to eq(['no figure regressed', "Comparison: #{File.join(scratch, 'diff/report.html')}"])
  end

  it 'leaves nothing on the host' do
    compare
    expect(events.last).to eq("rm -rf '/tmp/x'")
  end

  it 'takes several results of each side' do
    compare('before' => ['a.json', 'c.json'], 'max_regression' => 2.5)
    expect(asked['load_compare'].first).to include('before' => ['/tmp/x/before-0.json', '/tmp/x/before-1.json'], 'max_regression' => 2.5)
  end

  it 'compares groups within the same results' do
    compare('after' => nil, 'before_group' => 'openvox-8', 'after_group' => 'openvox-9')
    expect(asked['load_compare'].first).to include('before_group' => 'openvox-8', 'after_group' => 'openvox-9', 'after' => ['/tmp/x/after-0.json'])
  end

  it 'fails if a figure regressed, with the table before it' do
    verdict.merge!('passed' => false, 'summary' => 'p95 of total: +40 %')
    expect(compare.value).to have_attributes(kind: 'clone_army/regressed', details: include('passed' => false))
    expect(messages.first).to eq('p95 of total: +40 %')
  end

  context 'when the task fails' do
    let(:verdict) { failure('clone_army/bad-result', 'a.json: not a result') }

    it 'fails with the reason, and leaves nothing on the host' do
      expect(compare.value).to have_attributes(kind: 'clone_army/compare-failed', msg: 'one could not compare the results: a.json: not a result')
      expect(events.last).to eq("rm -rf '/tmp/x'")
    end
  end

  it 'refuses results that are not there' do
    expect(compare('after' => 'd.json').value).to have_attributes(kind: 'clone_army/no-results', msg: match(/there is no \S+d\.json; results are/))
  end

  it 'refuses to compare a result with itself' do
    expect(compare('after' => nil).value).to have_attributes(kind: 'clone_army/no-results', msg: match(/there is nothing to compare/))
  end

  it 'fails without targets' do
    expect(compare('targets' => []).value).to have_attributes(kind: 'clone_army/no-targets')
  end
end
