# frozen_string_literal: true

require 'fileutils'
require 'tmpdir'

# Simulates load hosts: the tasks of a load test, and the files that they leave. Examples change what `hosts` answer.
module LoadHosts
  NOW = 1_900_000_000_000

  def self.included(base)
    base.class_eval do
      let(:hosts) { { 'one' => ready('one.example.com'), 'two' => ready('two.example.com') } }
      # What happened, in order, and parameters by task.
      let(:events) { [] }
      let(:asked) { Hash.new { |tasks, name| tasks[name] = [] } }
      # Results of tasks that differ from those of a test that passes, by task and host.
      let(:answers) { Hash.new { |tasks, name| tasks[name] = {} } }
      let(:profile) { { 'name' => 'steady', 'bases' => nil, 'phases' => [{ 'length' => 60_000 }, { 'length' => 30_000 }] } }
      let(:report) { { 'passed' => true, 'refused' => false, 'summary' => 'passed: 60 runs', 'files' => ['report.html'] } }
      let(:scratch) { Dir.mktmpdir }
      let(:messages) { [] }

      before { simulate }
      after { FileUtils.rm_rf(scratch) }
    end
  end

  # Answer of the task load_ready.
  def ready(certname, clones: { 'debian-13' => ['clone1', 'clone2'] }, offset: 0, **more)
    {
      'name' => certname,
      'server' => 'puppet.example.com',
      'groups' => clones.map { |base, names| { 'base' => base, 'clones' => names } },
      'clock' => { 'now' => NOW + offset.to_i, 'offset' => offset, 'uncertainty' => 5 },
      'processors' => 2,
      'test' => nil,
    }.merge(more.transform_keys(&:to_s))
  end

  # Answer of the task load_status.
  def progress(state, more = {})
    {
      'id' => 'x', 'state' => state, 'at' => NOW + 60_000, 'begin' => NOW, 'end' => NOW + 90_000, 'due' => 60, 'started' => 60, 'good' => 58,
      'failed' => 0, 'dropped' => 0, 'heldBack' => 0, 'running' => 2, 'planned' => 90, 'latencies' => [], 'objectives' => [], 'server' => nil,
      'pressure' => nil,
    }.merge(more)
  end

  # Has a task answer differently on one host: once for each of the answers, the last of which stays.
  def answer(task, host, *values)
    answers[task][host] = values
  end

  def answer_of(task, host, default)
    values = answers[task][host]
    return default if values.nil?

    values.length > 1 ? values.shift : values.first
  end

  # Tasks on all hosts, with what they answer by default.
  def tasks
    {
      'load_profile' => ->(_) { { 'profile' => profile, 'search' => nil, 'missing' => [] } },
      'load_ready' => ->(host) { hosts.fetch(host) },
      'load_start' => ->(_) { {} },
      'load_status' => ->(_) { progress('done') },
      'load_stop' => ->(_) { {} },
      'load_collect' => ->(host) { { 'file' => '/var/lib/army/.load/x/reduced.json.gz', 'id' => 'x', 'host' => hosts.fetch(host)['name'] } },
      'load_report' => ->(_) { report },
    }
  end

  def simulate
    tasks.each do |task, default|
      allow_task("clone_army::#{task}").return do |targets:, params:, **|
        events << "#{task} #{targets.map(&:name).join(',')}"
        asked[task] << params.reject { |name, _| name.start_with?('_') }
        results(targets.to_h { |target| [target, answer_of(task, target.name, default.call(target.name))] })
      end
    end
    allow_any_command.return do |targets:, command:, **|
      events << command
      results(targets.to_h { |target| [target, { 'stdout' => '', 'stderr' => '', 'exit_code' => 0 }] })
    end
    simulate_files
    allow_any_out_message
    allow(executor).to receive(:publish_event) { |event| messages << event[:message] if event[:type] == :message }
    # Plans pause between two questions.
    allow_any_instance_of(Object).to receive(:sleep)
    stub_const('ENV', ENV.to_h.merge('PWD' => scratch))
  end

  def simulate_files
    allow_any_upload.return do |targets:, source:, destination:, **|
      events << "upload #{files_below(source).join(',')} to #{destination} of #{targets.map(&:name).join(',')}"
      Bolt::ResultSet.new(targets.map { |target| Bolt::Result.for_upload(target, source, destination) })
    end
    allow_any_download.return do |targets:, source:, destination:, **|
      events << "download #{source} of #{targets.map(&:name).join(',')}"
      Bolt::ResultSet.new(targets.map { |target| download(target, source, destination) })
    end
  end

  def download(target, source, destination)
    failed = answer_of('download', target.name, nil)
    return Bolt::Result.new(target, value: failed) if failed

    path = File.join(destination, target.name, File.basename(source))
    file = source.end_with?('.gz') ? path : File.join(path, 'report.html')
    FileUtils.mkdir_p(File.dirname(file))
    File.write(file, target.name)
    Bolt::Result.for_download(target, source, destination, path)
  end

  def files_below(folder)
    Dir.glob('**/*', base: folder).select { |name| File.file?(File.join(folder, name)) }.sort
  end
end
