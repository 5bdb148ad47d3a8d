# frozen_string_literal: true

require_relative 'plan_helper'

describe 'plan clone_army::remove' do
  # What happened, in order.
  let(:events) { [] }
  let(:stops) { {} }
  let(:fleets) { {} }
  let(:removals) { {} }
  let(:refused) { [] }
  let(:no_fleet) { failure('clone_army/no-fleet', 'there is no fleet') }

  before do
    allow_any_out_message
    allow_facts({ 'one' => 'one.example.com', 'two' => 'two.example.com' })
    answer_task('clone_army::stop') { |host| stops.fetch(host, {}) }
    answer_task('clone_army::status') { |host| fleets.fetch(host) { status("#{host}.example.com", 2).merge('left' => ['clone9']) } }
    allow_any_command.return { |targets:, command:, **| results(targets.to_h { |target| [target, run(command)] }) }
    allow_plan('clone_army::private::absent').return do |params:, **|
      targets = params['targets']
      events << "absent #{targets.map(&:name).join(',')} purge=#{params['purge']}"
      Bolt::PlanResult.new(results(targets.to_h { |target| [target, removals.fetch(target.name, {})] }), 'success')
    end
  end

  def answer_task(name)
    allow_task(name).return do |targets:, **|
      events << "#{name.split('::').last} #{targets.map(&:name).join(',')}"
      results(targets.to_h { |target| [target, yield(target.name)] })
    end
  end

  # Simulates the CA.
  def run(command)
    names = command[/ca clean --certname (\S+)\z/, 1]
    return { 'stdout' => '', 'stderr' => '', 'exit_code' => 1 }.merge(failure('puppetlabs.tasks/command-error', 'no PuppetDB')) unless names

    events << 'clean'
    { 'stdout' => (names.split(',') - refused).map { |name| "Cleaned files related to #{name}\n" }.join, 'stderr' => "CA is down\n", 'exit_code' => 0 }
  end

  def remove(more = {})
    run_plan('clone_army::remove', { 'targets' => ['one', 'two'] }.merge(more))
  end

  def cleaned(host, more = {})
    { 'host' => host, 'removed' => true, 'clones' => 3, 'cleaned' => 3, 'missing' => 0, 'failed' => 0, 'deactivated' => 0 }.merge(more)
  end

  it 'stops the clones, then cleans their certificates, then removes the fleets' do
    result = remove('server' => 'puppet')

    expect(events).to eq(['stop one,two', 'status one,two', 'clean', 'absent one,two purge=false'])
    expect(result.value).to eq([cleaned('one'), cleaned('two')])
  end

  it 'leaves certificates alone without a server, and removes layers only if told to' do
    result = remove('purge' => true)

    expect(events).to eq(['stop one,two', 'absent one,two purge=true'])
    expect(result.value).to eq([{ 'host' => 'one', 'removed' => true }, { 'host' => 'two', 'removed' => true }])
  end

  context 'when clones of a host do not stop' do
    let(:stops) { { 'one' => failure('clone_army/timeout', '1 of 2 clones are not stopped') } }

    it 'leaves that host alone, and removes the others' do
      result = remove('server' => 'puppet')

      expect(events).to eq(['stop one,two', 'status two', 'clean', 'absent two purge=false'])
      expect(result.value).to have_attributes(kind: 'clone_army/remove-failed')
      expect(result.value.msg).to eq('the removal failed on 1 of 2 hosts. one: 1 of 2 clones are not stopped')
      expect(result.value.details['hosts']).to match([include('host' => 'one', 'removed' => false, 'error' => include('kind' => 'clone_army/timeout')), cleaned('two')])
    end
  end

  context 'when certificates of a host are not cleaned' do
    let(:refused) { ['clone1.one.example.com'] }

    it 'keeps its fleet, which knows their names' do
      result = remove('server' => 'puppet')

      expect(events.last).to eq('absent two purge=false')
      expect(result.value.msg).to eq(
        'the removal failed on 1 of 2 hosts. one: 1 certificates were not cleaned, such as clone1.one.example.com: CA is down',
      )
    end
  end

  context 'when a host has no fleet any more' do
    let(:stops) { { 'one' => no_fleet } }
    let(:fleets) { { 'one' => no_fleet } }

    it 'removes what may be left there' do
      result = remove('server' => 'puppet')

      expect(events.last).to eq('absent one,two purge=false')
      expect(result.value).to eq([cleaned('one', 'clones' => 0, 'cleaned' => 0), cleaned('two')])
    end
  end

  context 'when the class fails on a host' do
    let(:removals) { { 'two' => failure('bolt/apply-error', 'Resources failed to apply') } }

    it 'fails with the results of all hosts' do
      result = remove

      expect(result.value.msg).to eq('the removal failed on 1 of 2 hosts. two: Resources failed to apply')
      expect(result.value.details['hosts']).to match([{ 'host' => 'one', 'removed' => true }, include('host' => 'two', 'removed' => false)])
    end
  end

  it 'fails without targets' do
    expect(remove('targets' => []).value).to have_attributes(kind: 'clone_army/no-targets')
    expect(events).to be_empty
  end
end
