# frozen_string_literal: true

require 'open3'
require 'socket'
require 'spec_helper'
require 'support/sandbox'

describe 'files/timer/forked-run.rb' do
  let(:clone) { Sandbox.new }
  let(:socket) { clone.path('/socket') }
  let(:server) { UNIXServer.new(socket) }

  before { clone.write('/agent', "#!/bin/sh\necho \"$0 $* RUBYOPT=$RUBYOPT\"\n", 0o755) }

  after { clone.remove }

  def command
    program = File.join(ModuleUnderTest::ROOT, 'files/timer/forked-run.rb')
    environment = ['RUBYLIB', 'GEM_HOME', 'GEM_PATH'].to_h { |name| [name, nil] }
    [environment.merge('RUBYOPT' => '-W0'), 'ruby', '--disable=gems,rubyopt', program, socket, clone.path('/agent'), 'agent', '--onetime']
  end

  def accept
    raise 'there is no request' unless server.wait_readable(10)

    server.accept
  end

  # Runs the program, and answers its request with lines. Yields the request's strings and files.
  def run(*answers)
    server
    thread = Thread.new do
      connection = accept
      head, _, _, control = connection.recvmsg(4, 0, scm_rights: true)
      # An answer is lost if the connection is closed with a part of the request unread.
      strings = connection.read(head.unpack1('N')).split("\0")
      yield strings, control.unix_rights if block_given?
      # Otherwise the program's output would not end with it.
      control.unix_rights.each(&:close)
      answers.each { |answer| connection.puts(answer) }
      connection.close
    end
    Open3.capture3(*command).tap { thread.join(5) }
  end

  it 'asks for a run with everything that an agent has from whoever starts it' do
    request = files = nil
    run('pid 1', 'exit 0') do |strings, rights|
      request = strings
      files = rights.map { |file| File.readlink("/proc/self/fd/#{file.fileno}") }
    end
    expect(request).to start_with('1', clone.path('/agent'), Encoding.find('locale').name, Dir.pwd, File.umask.to_s(8))
    expect(request[8..10]).to eq(['2', 'agent', '--onetime'])
    expect(request[11..]).to include("PATH=#{ENV.fetch('PATH')}")
    expect(request.grep(/^RUBYOPT=/)).to be_empty
    expect(files.drop(3)).to eq(['mnt', 'uts', 'ipc', 'pid', 'net', 'cgroup'].map { |name| File.readlink("/proc/self/ns/#{name}") })
  end

  it 'ends as the run does' do
    _, errors, status = run('pid 1', 'exit 4')
    expect([errors, status.exitstatus]).to eq(['', 4])
  end

  [9, 15].each do |signal|
    it "is killed by signal #{signal} if the run is" do
      _, errors, status = run('pid 1', "signal #{signal}")
      expect([errors, status.termsig]).to eq(['', signal])
    end
  end

  it 'ends as a shell says it if the run has crashed' do
    _, errors, status = run('pid 1', 'signal 11')
    expect([errors, status.exitstatus]).to eq(['', 139])
  end

  it 'fails if it cannot know how the run ended' do
    _, errors, status = run('pid 1')
    expect([errors, status.exitstatus]).to eq(["forked-run: the process that had forked the agent run was killed\n", 1])
  end

  it 'passes signals on to the run' do
    server
    agent = spawn('sleep', '60')
    program = spawn(*command)
    connection = accept
    connection.puts("pid #{agent}")
    sleep 0.3
    Process.kill('TERM', program)
    expect(Process.wait2(agent).last.termsig).to eq(15)
    connection.puts('exit 1')
    expect(Process.wait2(program).last.exitstatus).to eq(1)
  end

  describe 'becomes the agent' do
    let(:started) { "#{clone.path('/agent')} agent --onetime RUBYOPT=-W0\n" }

    it 'if the run is refused' do
      expect(run('refused: a reason').first).to eq(started)
    end

    it 'if the process on the host dies' do
      expect(run.first).to eq(started)
    end

    it 'if a library of its own is asked for' do
      environment, *words = command
      expect(Open3.capture3(environment.merge('RUBYLIB' => '/lib'), *words).first).to eq(started)
    end

    it 'if nobody listens' do
      server.close
      expect(Open3.capture3(*command)[0, 2]).to eq([started, ''])
    end

    it 'without a socket' do
      expect(Open3.capture3(*command)[0, 2]).to eq([started, ''])
    end
  end
end
