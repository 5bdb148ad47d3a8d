# frozen_string_literal: true

require_relative 'plan_helper'

describe 'plan clone_army::deploy' do
  let(:certnames) { { 'one' => 'one.example.com', 'two' => 'two.example.com' } }
  let(:parameters) { { 'targets' => certnames.keys, 'master' => 'puppet.example.com' } }

  def deploy(more = {})
    run_plan('clone_army::deploy', parameters.merge(more))
  end

  def allow_hosts
    allow_any_out_message
    allow_facts(certnames)
    allow_apply
    allow_task('clone_army::status').return_for_targets(certnames.transform_values { |certname| status(certname, 3) })
  end

  # Entry in the report for a host with all clones running.
  def up(host)
    { 'host' => host, 'certname' => certnames[host], 'server' => 'puppet.example.com', 'clones' => 3, 'running' => 3, 'failed' => 0 }
  end

  context 'when all steps succeed' do
    before { allow_hosts }

    it 'reports the state of each host' do
      allow_starts
      result = deploy

      expect(result).to have_attributes(status: 'success')
      expect(result.value).to eq([up('one'), up('two')])
    end

    it 'starts one fleet after the other, in the order of the targets' do
      runs = allow_starts
      deploy('targets' => ['two', 'one'])

      expect(runs).to eq([['two'], ['one']])
    end

    it 'passes its timeout to each start' do
      timeouts = []
      allow_starts { |_, parameters| timeouts << parameters['timeout'] && nil }
      deploy('timeout' => 6)

      expect(timeouts).to eq([6, 6])
    end

    it 'announces each step' do
      allow_starts
      expect_out_message.with_params('Building the fleets on one, two; a base image takes several minutes')
      expect_out_message.with_params('Starting the fleet on one (1 of 2)')
      expect_out_message.with_params('one: 3 of 3 clones running, 0 failed, 0 pending')
      expect_out_message.with_params('Starting the fleet on two (2 of 2)')
      expect_out_message.with_params('two: 3 of 3 clones running, 0 failed, 0 pending')

      expect(deploy).to have_attributes(status: 'success')
    end
  end

  it 'passes its parameters to the class' do
    allow_hosts
    allow_starts
    expect_plan('clone_army::private::apply').return do |params:, **|
      expect(params['parameters']).to eq('master' => 'puppet.example.com', 'num_clones' => 40, 'clone_prefix' => 'load')
      Bolt::PlanResult.new(results(params['targets'].to_h { |target| [target, {}] }), 'success')
    end

    expect(deploy('num_clones' => 40, 'parameters' => { 'clone_prefix' => 'load' })).to have_attributes(status: 'success')
  end

  ['master', 'num_clones', 'Clone_prefix'].each do |name|
    it "rejects #{name} in the further parameters" do
      result = deploy('parameters' => { name => 'x' })

      expect(result).to have_attributes(status: 'failure')
      expect(result.value.message).to match(/parameter 'parameters'/)
    end
  end

  context 'when it fails before anything is applied' do
    # The tasks and apply are not mocked here, so running them fails the example.
    before { allow_any_out_message }

    it 'fails without targets' do
      result = deploy('targets' => [])

      expect(result.value).to have_attributes(kind: 'clone_army/no-targets')
      expect(result.value.msg).to match(/--targets/)
    end

    it 'rejects hosts with the same certname, whose clones would have the same names' do
      allow_facts({ 'one' => 'host.example.com', 'two' => 'two.example.com', 'three' => 'host.example.com' })
      result = deploy('targets' => ['one', 'two', 'three'])

      expect(result.value).to have_attributes(kind: 'clone_army/name-collision')
      expect(result.value.msg).to match(/one and three have the certname "host\.example\.com".*Give each host its own certname/)
      expect(result.value.details).to include('collisions' => { 'host.example.com' => ['one', 'three'] })
    end

    it 'rejects hosts without systemd' do
      allow_facts(certnames, systemd: nil)
      result = deploy

      expect(result.value).to have_attributes(kind: 'clone_army/no-systemd')
      expect(result.value.msg).to match(/systemd is not running on one, two;.*leave these targets out/)
    end
  end

  context 'when a host cannot be prepared' do
    before do
      allow_hosts
      facts = { 'two' => { 'clone_army' => { 'certname' => 'two.example.com', 'systemd' => 252 } } }
      allow_task('apply_helpers::custom_facts')
        .return_for_targets(facts.merge('one' => failure('puppetlabs.tasks/connect-error', 'no route to host')))
    end

    it 'deploys to the others, and fails with the results of all hosts' do
      runs = allow_starts
      result = deploy

      expect(runs).to eq([['two']])
      expect(result.value).to have_attributes(kind: 'clone_army/deploy-failed')
      expect(result.value.msg).to eq('deployment failed on 1 of 2 hosts. one: prepare: no route to host')
      error = include('step' => 'prepare', 'kind' => 'puppetlabs.tasks/connect-error', 'msg' => 'no route to host')
      expect(result.value.details['hosts']).to match([{ 'host' => 'one', 'error' => error }, up('two')])
    end
  end

  context 'when the class fails on a host' do
    before do
      allow_hosts
      allow_plan('clone_army::private::apply').return do |params:, **|
        one, two = params['targets']
        Bolt::PlanResult.new(results(one => failure('bolt/apply-error', 'too little memory'), two => {}), 'success')
      end
    end

    it 'deploys to the others, and fails with the results of all hosts' do
      runs = allow_starts
      result = deploy

      expect(runs).to eq([['two']])
      expect(result.value).to have_attributes(kind: 'clone_army/deploy-failed')
      error = include('step' => 'apply', 'msg' => 'too little memory')
      expect(result.value.details['hosts']).to match([{ 'host' => 'one', 'error' => error }, up('two')])
    end
  end

  context 'when clones of a host do not start' do
    before do
      allow_hosts
      allow_task('clone_army::status').return_for_targets(
        'one' => status('one.example.com', 3).merge('totals' => { 'clones' => 3, 'running' => 2, 'failed' => 1 }),
        'two' => status('two.example.com', 3),
      )
    end

    it 'starts the others, and reports the state of all hosts' do
      lost = { 'name' => 'clone3', 'result' => 'failed', 'message' => 'masked' }
      totals = { 'clones' => 3, 'changed' => 2, 'in_sync' => 0, 'failed' => 1 }
      runs = allow_starts { |host| failure('clone_army/clones-failed', 'x', clones: [lost], totals: totals) if host == 'one' }
      result = deploy

      expect(runs).to eq([['one'], ['two']])
      expect(result.value).to have_attributes(kind: 'clone_army/deploy-failed')
      expect(result.value.msg).to eq('deployment failed on 1 of 2 hosts. one: start: 1 of 3 clones did not start. clone3: masked')
      error = include('step' => 'start', 'kind' => 'clone_army/clones-failed')
      expect(result.value.details['hosts']).to match([up('one').merge('running' => 2, 'failed' => 1, 'error' => error), up('two')])
    end
  end

  context 'when a host does not report its status' do
    before do
      allow_hosts
      allow_task('clone_army::status').return_for_targets(
        'one' => failure('clone_army/no-fleet', 'there is no fleet'),
        'two' => status('two.example.com', 3),
      )
    end

    it 'fails with the results of all hosts' do
      allow_starts
      result = deploy

      expect(result.value).to have_attributes(kind: 'clone_army/deploy-failed')
      error = include('step' => 'status', 'msg' => 'there is no fleet')
      expect(result.value.details['hosts']).to match([{ 'host' => 'one', 'error' => error }, up('two')])
    end
  end

  context 'when no host can be prepared' do
    before do
      allow_any_out_message
      allow_apply
      allow_task('apply_helpers::custom_facts').error_with('kind' => 'puppetlabs.tasks/connect-error', 'msg' => 'no route to host')
    end

    it 'names each host' do
      result = deploy

      expect(result.value).to have_attributes(kind: 'clone_army/deploy-failed')
      expect(result.value.msg).to match(/2 of 2 hosts\. one: prepare: no route to host; two: prepare: no route to host/)
    end
  end
end
