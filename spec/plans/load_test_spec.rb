# frozen_string_literal: true

require_relative 'plan_helper'
require_relative 'load_hosts'

describe 'plan clone_army::load_test' do
  include LoadHosts

  before { File.write(File.join(scratch, 'mine.yaml'), 'name: mine') }

  def load_test(more = {})
    run_plan('clone_army::load_test', { 'targets' => hosts.keys, 'profile' => 'mine.yaml', 'id' => 'x' }.merge(more))
  end

  # The plan that a host was started with.
  def started(index)
    asked['load_start'][index]['plan']
  end

  it 'checks, starts, watches, collects and reports, in this order' do
    result = load_test
    expect(result.value).to eq(
      'id' => 'x', 'passed' => true, 'refused' => false, 'summary' => 'passed: 60 runs', 'files' => [File.join(scratch, 'load-tests/x/report.html')],
    )
    expect(events).to eq(
      [
        'load_profile one',
        'load_ready one,two',
        'load_start one',
        'load_start two',
        'load_status one,two',
        'load_collect one,two',
        'download /var/lib/army/.load/x/reduced.json.gz of one,two',
        "rm -rf '/var/lib/army/.load/x/report'",
        'upload one/reduced.json.gz,two/reduced.json.gz to /var/lib/army/.load/x/report of one',
        'load_report one',
        'download /var/lib/army/.load/x/report of one',
      ],
    )
  end

  it 'tells where the results are, and how to get on after an interruption' do
    load_test
    expect(messages[1]).to match(/\ALoad test x begins in 15 s, with 4 clones on one, two, and ends at .*load_stop --targets one,two id=x/m)
    expect(messages.last(2)).to eq(['passed: 60 runs', "Report: #{File.join(scratch, 'load-tests/x/report.html')}"])
  end

  it 'names tests by profile and time' do
    load_test('id' => nil)
    expect(started(0)['id']).to match(/\Asteady-\d{8}-\d{6}\z/)
  end

  context 'with one host' do
    let(:hosts) { { 'one' => ready('one.example.com', offset: 3.25) } }

    it 'needs no other' do
      expect(load_test.value).to include('passed' => true)
      expect(started(0)['clock']).to eq('offset' => 3.25, 'uncertainty' => 5)
    end
  end

  describe 'the profile' do
    it 'is a file on this machine' do
      load_test
      expect(asked['load_profile']).to eq([{ 'profile' => 'name: mine', 'file' => 'mine.yaml', 'files' => {} }])
    end

    it 'may have another seed' do
      load_test('seed' => 7)
      expect(asked['load_profile'].first).to include('seed' => 7)
    end

    it 'may name files, which are beside it' do
      File.write(File.join(scratch, 'access.log'), 'a line')
      answer('load_profile', 'one', { 'profile' => nil, 'missing' => ['access.log'] }, { 'profile' => profile, 'missing' => [] })
      expect(load_test.value).to include('passed' => true)
      expect(asked['load_profile'].last['files']).to eq('access.log' => 'a line')
    end

    it 'may not name files that do not exist' do
      answer('load_profile', 'one', { 'profile' => nil, 'missing' => ['access.log'] })
      expect(load_test.value).to have_attributes(kind: 'clone_army/no-file', msg: match(/names the file "access.log", but \S+access.log does not exist/))
    end

    it 'is one of the module' do
      load_test('profile' => 'steady')
      expect(asked['load_profile'].first['profile']).to eq(File.read(File.join(ModuleUnderTest::ROOT, 'files/profiles/steady.yaml')))
    end

    it 'must not be that of a search' do
      answer('load_profile', 'one', { 'profile' => profile, 'search' => { 'start' => 5 }, 'missing' => [] })
      msg = 'the profile mine.yaml describes a search; run it with the plan clone_army::capacity'
      expect(load_test.value).to have_attributes(kind: 'clone_army/is-search', msg: msg)
      expect(events).to eq(['load_profile one'])
    end

    it 'has to exist' do
      result = load_test('profile' => 'stedy')
      expect(result.value).to have_attributes(kind: 'clone_army/no-profile')
      expect(result.value.msg).to match(/there is no profile "stedy": \S+stedy does not exist, and the module's own profiles are .*steady/)
    end

    it 'has to be valid' do
      answer('load_profile', 'one', failure('clone_army/bad-profile', "mine.yaml:3:5: unknown key \"ofer\"; did you mean \"offer\"?"))
      expect(load_test.value).to have_attributes(kind: 'clone_army/bad-profile', msg: include('did you mean'))
      expect(events).to eq(['load_profile one'])
    end
  end

  describe 'certificates that churn has left' do
    let(:names) { ['clone1-0123abcd-1.one.example.com', 'clone2-0123abcd-2.one.example.com'] }

    before do
      answer('load_collect', 'one', { 'file' => '/var/lib/army/.load/x/reduced.json.gz', 'id' => 'x', 'host' => 'one.example.com', 'churned' => names })
    end

    it 'are cleaned on the server' do
      load_test('server' => 'puppet')
      expect(events.last).to end_with("puppetserver ca clean --certname #{names.join(',')}")
      expect(messages).to include('Cleaned 0 of 2 certificates that churn has left on the CA')
    end

    it 'are told without a server' do
      expect(load_test.value.keys).to contain_exactly('id', 'passed', 'refused', 'summary', 'files')
      expect(events.join).not_to include('ca clean')
      expect(messages.join).to include('Churn has left 2 certificates on the CA. To clean them, run the plan clone_army::load_result with id=x and server=<target>')
    end

    it 'have names that a shell can be given' do
      names << 'x; reboot'
      expect(load_test('server' => 'puppet').value).to have_attributes(kind: 'clone_army/bad-certname')
      expect(events.join).not_to include('ca clean')
    end
  end

  describe 'a cold server' do
    it 'is restarted before the test, if asked for' do
      load_test('server' => 'puppet', 'restart_server' => true)
      expect(events.first(3)).to match(['load_profile one', /systemctl restart "\$unit.service"/, 'load_ready one,two'])
    end

    it 'has to be known' do
      result = load_test('restart_server' => true)
      expect(result.value).to have_attributes(kind: 'clone_army/no-server', msg: /name it with server=<target>/)
      expect(events).to be_empty
    end

    it 'has to come back' do
      allow_any_command.return do |targets:, command:, **|
        value = { 'stdout' => '', 'stderr' => "no unit\n", 'exit_code' => 1 }
        Bolt::ResultSet.new(targets.map { |target| Bolt::Result.for_command(target, value, 'command', command, []) })
      end
      result = load_test('server' => 'puppet', 'restart_server' => true)
      expect(result.value).to have_attributes(kind: 'clone_army/restart-failed', msg: 'the Puppet server on puppet could not be restarted: no unit')
    end
  end

  describe 'the start' do
    let(:hosts) do
      {
        'one' => ready('one.example.com', clones: { 'debian-13' => ['clone1', 'clone2'], 'openvox' => ['vox1'] }, offset: 40),
        'two' => ready('two.example.com', offset: -60),
      }
    end

    it 'tells each host the whole roster, its place in it, and its clones' do
      load_test
      roster = {
        'hosts' => [
          { 'name' => 'one.example.com', 'groups' => [{ 'base' => 'debian-13', 'clones' => 2 }, { 'base' => 'openvox', 'clones' => 1 }] },
          { 'name' => 'two.example.com', 'groups' => [{ 'base' => 'debian-13', 'clones' => 2 }] },
        ],
      }
      common = { 'version' => 1, 'id' => 'x', 'profile' => profile, 'roster' => roster, 'server' => 'puppet.example.com', 'concurrency' => 64 }
      expect(started(0)).to include(common).and include('host' => 0, 'clones' => ['clone1', 'clone2', 'vox1'], 'samplesServer' => true)
      expect(started(1)).to include(common).and include('host' => 1, 'clones' => ['clone1', 'clone2'], 'samplesServer' => false)
    end

    it 'begins at one moment, which clocks show differently' do
      load_test
      expect(started(0)['begin'] - started(1)['begin']).to eq(100)
      expect(started(0)['begin'] - 40).to be_between(LoadHosts::NOW + 15_000, LoadHosts::NOW + 60_000)
      expect(started(0)['clock']).to eq('offset' => 40, 'uncertainty' => 5)
    end

    it 'can be later, for hosts that take long' do
      load_test('lead' => 300)
      expect(started(0)['begin'] - 40).to be_between(LoadHosts::NOW + 300_000, LoadHosts::NOW + 360_000)
    end

    it 'takes its limit of concurrent runs from the operator' do
      load_test('concurrency' => 7)
      expect(started(1)['concurrency']).to eq(7)
    end

    it 'is taken back if a host fails' do
      answer('load_start', 'two', failure('clone_army/no-space', 'the disk is full'))
      result = load_test
      expect(result.value).to have_attributes(kind: 'clone_army/start-failed', msg: include('the others stopped it. two: the disk is full.'))
      expect(events.last).to eq('load_stop one')
    end
  end

  describe 'hosts that are not ready' do
    def refuses(kind, message)
      result = load_test
      expect(result.value).to have_attributes(kind: "clone_army/#{kind}", msg: match(message))
      expect(events.last).to start_with('load_ready')
    end

    it 'are refused with their reasons' do
      answer('load_ready', 'two', failure('clone_army/no-fleet', 'there is no fleet'))
      refuses('not-ready', /\A1 of 2 hosts are not ready for a load test\. two: there is no fleet\z/)
    end

    it 'are refused if they run another test' do
      hosts['two']['test'] = 'soak-1'
      refuses('test-in-progress', /two runs soak-1.*bolt task run clone_army::load_stop --targets two/)
    end

    it 'are refused if no clone is running' do
      hosts['one']['groups'] = [{ 'base' => 'debian-13', 'clones' => [] }]
      refuses('no-clones', /running on one\. Start them with bolt task run clone_army::start --targets one/)
    end

    it 'are refused if clones would share their names' do
      hosts['two']['name'] = 'one.example.com'
      refuses('name-collision', /one and two have the certname "one\.example\.com"/)
    end

    it 'are refused if their clocks are far apart' do
      hosts['two']['clock']['offset'] = -251
      refuses('clocks-apart', /clocks of two and one are 251 ms apart, more than max_clock_offset \(250\)/)
    end
  end

  it 'asks only for clones of the bases in the profile' do
    profile['bases'] = ['openvox']
    load_test
    expect(asked['load_ready']).to eq([{ 'bases' => ['openvox'] }])
  end

  describe 'the progress' do
    it 'is one line for all hosts, until all have ended' do
      answer('load_status', 'one', progress('running'), progress('done'))
      answer('load_status', 'two', progress('running'), progress('draining'), progress('stopped'))
      load_test
      expect(messages.grep(/\A120 due, 120 started, 116 done, 0 failed, 0 dropped \|/).length).to eq(3)
    end

    it 'goes on with the last figures of a host that does not answer' do
      answer('load_status', 'one', progress('running'), progress('running'), progress('running'), progress('done'))
      answer('load_status', 'two', progress('running'), failure('x', 'timed out'), progress('running'), progress('done'))
      load_test
      expect(messages.grep(/due/).map { |line| line[/\A[^|]+/] }.uniq.length).to eq(1)
      expect(messages.grep(/two/).drop(1)).to eq(['two does not answer, its last figures stand for it: timed out', 'two answers again'])
    end

    it 'does not wait for ever for a host that is lost' do
      answer('load_status', 'two', progress('running'), failure('x', 'no route'))
      answer('load_collect', 'two', failure('x', 'no route'))
      expect(load_test.value).to include('passed' => true)
      expect(messages).to include('The result is without 1 of 2 hosts. two: no route')
      expect(events).to include('upload one/reduced.json.gz to /var/lib/army/.load/x/report of one')
    end

    it 'fails if no host answers at all' do
      hosts.each_key { |host| answer('load_status', host, failure('x', 'no route')) }
      expect(load_test.value).to have_attributes(kind: 'clone_army/no-progress', msg: /one: no route; two: no route/)
    end

    it 'comes with the results so far every minute, if asked for' do
      answer('load_status', 'one', *Array.new(7) { progress('running') }, progress('done'))
      load_test('live' => true)
      expect(events.grep(/load_report/).length).to eq(2)
    end
  end

  describe 'the result' do
    it 'is made by a host that has records' do
      answer('load_collect', 'one', failure('clone_army/no-test', 'there is no test x'))
      load_test
      expect(events).to include('load_report two')
    end

    it 'is without a host whose records do not arrive' do
      answer('download', 'one', failure('x', 'connection lost'))
      load_test
      expect(messages).to include('The result is without 1 of 2 hosts. one: connection lost')
    end

    it 'needs records' do
      hosts.each_key { |host| answer('load_collect', host, failure('x', 'no such test')) }
      expect(load_test.value).to have_attributes(kind: 'clone_army/no-records', msg: /one: no such test; two: no such test/)
    end

    it 'can be had later if the report fails' do
      answer('load_report', 'one', failure('x', 'out of memory'))
      expect(load_test.value).to have_attributes(
        kind: 'clone_army/report-failed', msg: match(/one could not make the report of the load test x: out of memory\. .*load_result/),
      )
    end

    it 'is in the folder that was asked for' do
      expect(load_test('folder' => 'here').value['files']).to eq([File.join(scratch, 'here/report.html')])
    end

    it 'fails the plan if an objective was missed' do
      report.merge!('passed' => false, 'summary' => 'FAILED: p95')
      expect(load_test.value).to have_attributes(kind: 'clone_army/load-test-failed', msg: 'FAILED: p95')
    end

    it 'stands although the load hosts were the bottleneck, if asked for' do
      load_test('allow_load_host_bottleneck' => true)
      expect(asked['load_report']).to eq([{ 'folder' => '/var/lib/army/.load/x/report', 'allow_load_host_bottleneck' => true }])
    end

    it 'fails the plan if the load hosts were the bottleneck' do
      report.merge!('passed' => false, 'refused' => true, 'summary' => 'The load host was the bottleneck')
      result = load_test.value
      expect(result).to have_attributes(kind: 'clone_army/load-host-saturated', details: include('files' => [/report\.html/]))
    end
  end

  it 'fails without targets' do
    expect(load_test('targets' => []).value).to have_attributes(kind: 'clone_army/no-targets')
    expect(events).to be_empty
  end
end
