# frozen_string_literal: true

require_relative 'plan_helper'

describe 'plan clone_army::clean' do
  let(:hosts) { { 'one' => 'one.example.com', 'two' => 'two.example.com' } }

  before do
    allow_any_out_message
    allow_task('clone_army::status').return do |targets:, params:, **|
      asked << params.reject { |name, _| name.start_with?('_') }
      results(targets.to_h { |target| [target, fleets.fetch(target.name) { status(hosts[target.name], 2) }] })
    end
    allow_any_command.return { |targets:, command:, **| results(targets.to_h { |target| [target, run(command)] }) }
  end

  # Parameters of the task status, commands on the server, answers of hosts that differ, and names that the CA does not know.
  let(:asked) { [] }
  let(:commands) { [] }
  let(:fleets) { {} }
  let(:unknown) { [] }
  let(:puppetdb) { false }

  # Simulates the server.
  def run(command)
    commands << command.sub(/\APATH=\S+ export PATH; /, '')
    case commands.last
    when /\Apuppetserver ca clean --certname (\S+)\z/ then ca_clean($1.split(','))
    when /puppetdb\.conf/ then output('', '', puppetdb ? 0 : 1)
    when /\Apuppet node deactivate (.+)\z/ then output($1.split.map { |name| "Submitted 'deactivate node' for #{name}\n" }.join)
    else raise "unexpected command #{command}"
    end
  end

  def ca_clean(names)
    cleaned = names - unknown
    out = cleaned.map { |name| "Certificate for #{name} has been revoked\nCleaned files related to #{name}\n" }.join
    err = (names & unknown).map { |name| "Error:\n    Could not find files to clean for #{name}\n" }.join
    output(out, err, err.empty? ? 0 : 1)
  end

  def output(out, err = '', code = 0)
    value = { 'stdout' => out, 'stderr' => err, 'exit_code' => code }
    return value if code.zero?

    value.merge('_error' => { 'kind' => 'puppetlabs.tasks/command-error', 'msg' => "The command failed with exit code #{code}", 'details' => {} })
  end

  def clean(more = {})
    run_plan('clone_army::clean', { 'targets' => hosts.keys, 'server' => 'puppet', 'clones' => '*' }.merge(more))
  end

  def counts(host, more = {})
    { 'host' => host, 'clones' => 2, 'cleaned' => 2, 'missing' => 0, 'failed' => 0, 'deactivated' => 0 }.merge(more)
  end

  it 'cleans the certificates of all hosts in one call, and counts them by host' do
    result = clean
    expect(commands.first).to eq('puppetserver ca clean --certname clone1.one.example.com,clone2.one.example.com,clone1.two.example.com,clone2.two.example.com')
    expect(result.value).to eq([counts('one'), counts('two')])
  end

  it 'passes the selection to the task' do
    clean('clones' => 'clone1-2', 'base' => 'canary')
    expect(asked.uniq).to eq([{ 'clones' => 'clone1-2', 'base' => 'canary', 'detail' => true }])
  end

  context 'with names that have no certificate' do
    let(:unknown) { ['clone2.one.example.com'] }

    it 'counts them, and succeeds' do
      expect(clean.value).to eq([counts('one', 'cleaned' => 1, 'missing' => 1), counts('two')])
    end
  end

  context 'with PuppetDB' do
    let(:puppetdb) { true }
    let(:unknown) { ['clone2.one.example.com'] }

    it 'deactivates the nodes, with or without a certificate' do
      expect(clean('targets' => 'one').value).to eq([counts('one', 'cleaned' => 1, 'missing' => 1, 'deactivated' => 2)])
      expect(commands.last).to eq('puppet node deactivate clone1.one.example.com clone2.one.example.com')
    end
  end

  context 'with a large fleet' do
    let(:fleets) { { 'one' => status('one.example.com', 120) } }

    it 'cleans it in batches' do
      expect(clean('targets' => 'one').value).to eq([counts('one', 'clones' => 120, 'cleaned' => 120)])
      expect(commands.grep(/ca clean/).map { |command| command.split(',').length }).to eq([50, 50, 20])
    end
  end

  context 'with clones that left the fleet' do
    let(:fleets) { { 'one' => status('one.example.com', 2).merge('left' => ['clone3']) } }

    it 'cleans only these' do
      expect(clean('clones' => nil, 'left' => true).value)
        .to eq([counts('one', 'clones' => 1, 'cleaned' => 1), counts('two', 'clones' => 0, 'cleaned' => 0)])
      expect(commands.first).to eq('puppetserver ca clean --certname clone3.one.example.com')
    end

    it 'cleans them along with selected ones' do
      expect(clean('targets' => 'one', 'left' => true).value).to eq([counts('one', 'clones' => 3, 'cleaned' => 3)])
    end
  end

  it 'fails with the reason if the CA cannot be asked' do
    allow_any_command.return do |targets:, **|
      results(targets.to_h { |target| [target, output('', "Fatal error when running action 'clean'\n  Error: Failed connecting to https://puppet:8140\n", 1)] })
    end
    result = clean('targets' => 'one')

    expect(result.value).to have_attributes(kind: 'clone_army/clean-failed')
    expect(result.value.msg).to eq(
      'certificates of 1 of 1 hosts were not all cleaned. one: 2 certificates were not cleaned, such as clone1.one.example.com: ' \
      'Error: Failed connecting to https://puppet:8140',
    )
    expect(result.value.details['hosts']).to match([counts('one', 'cleaned' => 0, 'failed' => 2, 'error' => include('kind' => 'clone_army/clean-failed'))])
  end

  context 'when a host does not answer' do
    let(:fleets) { { 'one' => failure('clone_army/no-fleet', 'there is no fleet') } }

    it 'cleans the certificates of the others' do
      result = clean

      expect(result.value.msg).to eq('certificates of 1 of 2 hosts were not all cleaned. one: there is no fleet')
      expect(result.value.details['hosts']).to match([include('host' => 'one', 'clones' => 0), counts('two')])
    end
  end

  context 'with a name that is not a certname' do
    let(:fleets) { { 'one' => status('one.example.com; reboot', 1) } }

    it 'does not pass it to a shell' do
      expect(clean('targets' => 'one').value).to have_attributes(kind: 'clone_army/bad-certname')
      expect(commands).to be_empty
    end
  end

  it 'cleans nothing without a selection' do
    expect(clean('clones' => nil).value).to have_attributes(kind: 'clone_army/no-clones')
    expect(asked).to be_empty
  end

  it 'fails without targets' do
    expect(clean('targets' => []).value).to have_attributes(kind: 'clone_army/no-targets')
  end
end
