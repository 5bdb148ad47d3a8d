# frozen_string_literal: true

require_relative 'plan_helper'

describe 'plan clone_army::start_fleet' do
  # Entry for a clone in a result of the task.
  def clone(number, result, **more)
    { 'name' => "clone#{number}", 'result' => result, 'state' => 'x' }.merge(more.transform_keys(&:to_s))
  end

  # A result of the task.
  def result_for(clones, pending: [])
    count = ->(result) { clones.count { |clone| clone['result'] == result } }
    totals = { 'clones' => clones.length, 'changed' => count['changed'], 'in_sync' => count['in_sync'], 'failed' => count['failed'] }
    failed = clones.filter_map { |clone| clone['name'] if clone['result'] == 'failed' }
    return { 'clones' => clones, 'totals' => totals } if failed.empty?

    kind = pending.empty? ? 'clones-failed' : 'timeout'
    error = { 'kind' => "clone_army/#{kind}", 'msg' => 'x', 'details' => { 'failed' => failed, 'pending' => pending } }
    { 'clones' => clones, 'totals' => totals, '_error' => error }
  end

  # Mocks the task with results for its runs on each host. Returns the parameters of each run.
  def allow_runs(**outcomes)
    [].tap do |runs|
      allow_task('clone_army::start').return do |targets:, params:, **|
        runs << params.reject { |name, _| name.start_with?('_') }
        target = targets.first
        results(target => outcomes[target.name.to_sym].shift)
      end
    end
  end

  # Records the messages of the plan.
  def allow_messages
    allow_any_out_message
    [].tap do |lines|
      allow(executor).to receive(:publish_event) { |event| lines << event[:message] if event[:type] == :message }
    end
  end

  def start_fleet(more = {})
    run_plan('clone_army::start_fleet', { 'targets' => ['one'] }.merge(more))
  end

  it 'starts the selected clones, and reports how many are running' do
    lines = allow_messages
    runs = allow_runs(one: [result_for([clone(1, 'changed'), clone(2, 'in_sync')])])
    result = start_fleet('clones' => 'clone1-2', 'base' => 'canary')

    expect(lines).to eq(['Starting the fleet on one (1 of 1)', 'one: 2 of 2 clones running, 0 failed, 0 pending'])
    expect(runs).to eq([{ 'clones' => 'clone1-2', 'base' => 'canary', 'timeout' => 10, 'detail' => true }])
    expect(result.value).to eq([{ 'host' => 'one', 'clones' => 2, 'changed' => 1, 'in_sync' => 1, 'failed' => 0 }])
  end

  context 'when a start takes several runs of the task' do
    let!(:runs) do
      allow_runs(one: [
        result_for([clone(1, 'in_sync'), clone(2, 'changed'), clone(3, 'failed', message: 'masked'), clone(4, 'failed'), clone(5, 'failed')],
               pending: ['clone4', 'clone5']),
        result_for([clone(4, 'in_sync'), clone(5, 'failed')], pending: ['clone5']),
        result_for([clone(5, 'changed')]),
      ])
    end

    it 'waits for pending clones, and does not retry failed ones' do
      allow_any_out_message
      result = start_fleet('interval' => 5)

      expect(runs.map { |run| run['clones'] }).to eq([nil, ['clone4', 'clone5'], ['clone5']])
      expect(runs.map { |run| run['timeout'] }).to eq([5, 5, 5])
      expect(result.value).to have_attributes(kind: 'clone_army/start-failed')
      expect(result.value.msg).to eq('the start failed on 1 of 1 hosts. one: 1 of 5 clones did not start. clone3: masked')
      expect(result.value.details['hosts']).to match(
        [include('host' => 'one', 'clones' => 5, 'changed' => 3, 'in_sync' => 1, 'failed' => 1, 'error' => include('kind' => 'clone_army/clones-failed'))],
      )
    end

    it 'reports progress, the rate and the remaining time after each run' do
      lines = allow_messages
      start_fleet

      expect(lines.drop(1)).to match(
        [
          %r{\Aone: 2 of 5 clones running, 1 failed, 2 pending; \d+\.\d per second, about \d+ s left\z},
          %r{\Aone: 3 of 5 clones running, 1 failed, 1 pending; \d+\.\d per second, about \d+ s left\z},
          'one: 4 of 5 clones running, 1 failed, 0 pending',
        ],
      )
    end

    it 'gives up after the timeout' do
      allow_any_out_message
      result = start_fleet('timeout' => 12)

      expect(runs.map { |run| run['timeout'] }).to eq([10, 2])
      expect(result.value.details['hosts']).to match(
        [include('failed' => 2, 'error' => include('kind' => 'clone_army/timeout', 'msg' => include('After 12 s, 1 are still pending')))],
      )
    end
  end

  it 'continues with the other hosts if one cannot start anything' do
    allow_any_out_message
    allow_runs(one: [failure('clone_army/no-fleet', 'there is no fleet')], two: [result_for([clone(1, 'changed')])])
    result = start_fleet('targets' => ['one', 'two'])

    expect(result.value.msg).to eq('the start failed on 1 of 2 hosts. one: there is no fleet')
    expect(result.value.details['hosts']).to match(
      [{ 'host' => 'one', 'error' => include('kind' => 'clone_army/no-fleet') }, { 'host' => 'two', 'clones' => 1, 'changed' => 1, 'in_sync' => 0, 'failed' => 0 }],
    )
  end

  it 'fails without targets' do
    result = start_fleet('targets' => [])

    expect(result.value).to have_attributes(kind: 'clone_army/no-targets')
  end
end
