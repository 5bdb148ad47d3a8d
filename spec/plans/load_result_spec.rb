# frozen_string_literal: true

require_relative 'plan_helper'
require_relative 'load_hosts'

describe 'plan clone_army::load_result' do
  include LoadHosts

  def load_result(more = {})
    run_plan('clone_army::load_result', { 'targets' => hosts.keys, 'id' => 'x' }.merge(more))
  end

  it 'watches the test until it has ended, and gets its result' do
    answer('load_status', 'one', progress('running'), progress('done'))
    expect(load_result.value).to include('passed' => true, 'files' => [File.join(scratch, 'load-tests/x/report.html')])
    expect(events.first(3)).to eq(['load_status one,two', 'load_status one,two', 'load_collect one,two'])
    expect(asked['load_status'].uniq).to eq([{ 'id' => 'x' }])
  end

  it 'tells once of an objective that cannot hold any more, and goes on' do
    lost = progress('running', 'objectives' => [{ 'text' => 'failed = 0', 'spent' => 1, 'allowed' => 0 }])
    answer('load_status', 'one', lost, lost, progress('done'))
    load_result
    expect(messages.count('failed = 0 cannot hold any more')).to eq(1)
    expect(asked['load_stop']).to be_empty
  end

  it 'gets the result so far' do
    load_result('watch' => false)
    expect(events.first).to eq('load_collect one,two')
  end

  it 'fails as the test did' do
    report['passed'] = false
    expect(load_result.value).to have_attributes(kind: 'clone_army/load-test-failed')
  end

  it 'fails without targets' do
    expect(load_result('targets' => []).value).to have_attributes(kind: 'clone_army/no-targets')
  end
end
