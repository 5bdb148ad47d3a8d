# frozen_string_literal: true

require 'spec_helper'
require 'support/sandbox'

describe 'files/timer/run-agent' do
  let(:clone) { Sandbox.new }

  before do
    clone.install('timer/run-agent', '/run-agent', paths: %r{(?<!\w)/(?:proc/|opt/puppetlabs|usr/share)})
    clone.stand_in('puppet', 'echo "RUBYOPT=$RUBYOPT"')
    clone.stand_in('nproc', 'echo 2')
    host(runnable: 3, available: 4_000_000)
    # The host is as it is for as many times as a test says, and then has nothing to do.
    clone.stand_in('sleep', <<~SHELL)
      echo x >> '#{clone.path('slept')}'
      [ "$(wc -l < '#{clone.path('slept')}')" -lt "${BUSY_FOR:-0}" ] && exit
      echo '0.1 0.1 0.1 1/500 77' > '#{clone.path('proc/loadavg')}'
      echo 'MemAvailable: 9000000 kB' > '#{clone.path('proc/meminfo')}'
    SHELL
  end

  after { clone.remove }

  def host(runnable:, available:)
    clone.write('proc/loadavg', "9.1 8.2 7.3 #{runnable}/500 77\n")
    clone.write('proc/meminfo', "MemTotal: 24000000 kB\nMemFree: 1000 kB\nMemAvailable: #{available} kB\n")
  end

  def run_agent(busy_for: 0)
    clone.run('/run-agent', RUBYOPT: nil, BUSY_FOR: busy_for.to_s)
  end

  it 'runs the agent once' do
    expect(run_agent).to have_attributes(status: 0, errors: '', output: "RUBYOPT=\n")
    expect(clone.calls('puppet')).to eq([['agent', '--onetime', '--no-daemonize', '--no-splay', '--waitforcert=0']])
    expect(clone.calls('sleep')).to be_empty
  end

  it 'has it load what is compiled' do
    clone.write('/usr/share/puppet-clone-army/compiled/index', '')
    expect(run_agent.output).to match(%r{^RUBYOPT=-r/.*/compiled/load\.rb$})
  end

  it 'gives its Ruby room, whichever version that is' do
    clone.stand_in('puppet', 'env | grep -c "^RUBY_GC_HEAP_.*INIT_SLOTS="')
    expect(run_agent.output).to eq("4\n")
  end

  {
    'more to do than 8 programs a processor' => { runnable: 17, available: 4_000_000 },
    'less memory than a run or two take' => { runnable: 3, available: 200_000 },
  }.each do |what, state|
    it "waits while the host has #{what}" do
      host(**state)
      expect(run_agent(busy_for: 3)).to have_attributes(status: 0, errors: '')
      expect(clone.calls('sleep').length).to eq(3)
      expect(clone.calls('puppet').length).to eq(1)
    end
  end

  it 'takes on as much as a host can do' do
    host(runnable: 16, available: 262_144)
    run_agent
    expect(clone.calls('sleep')).to be_empty
  end

  it 'leaves the run out when the host does not come to rest' do
    host(runnable: 17, available: 4_000_000)
    expect(run_agent(busy_for: 1000)).to have_attributes(status: 1, errors: /busy for 10 minutes.*run_interval/)
    expect(clone.calls('sleep').length).to eq(120)
    expect(clone.calls('puppet')).to be_empty
  end
end
