# frozen_string_literal: true

# Fake hosts, with the results of tasks that succeed.
module BoltTargets
  def modulepath
    [ModuleUnderTest.modulepath]
  end

  # Facts of the targets, as collected by apply_prep.
  def allow_facts(certnames, systemd: 252)
    facts = certnames.transform_values { |certname| { 'clone_army' => { 'certname' => certname, 'systemd' => systemd } } }
    allow_apply_prep
    allow_task('apply_helpers::custom_facts').return_for_targets(facts)
  end

  # Mocks the task start; the block can return another result. Returns the targets of each run of the task, in order.
  def allow_starts
    [].tap do |runs|
      allow_task('clone_army::start').return do |targets:, params:, **|
        runs << targets.map(&:name)
        answer = (yield targets.first.name, params if block_given?) || started(3)
        results(targets.to_h { |target| [target, answer] })
      end
    end
  end

  # Result of the task start if all clones started.
  def started(clones)
    { 'clones' => [], 'totals' => { 'clones' => clones, 'changed' => clones, 'in_sync' => 0, 'failed' => 0 } }
  end

  def results(answers)
    Bolt::ResultSet.new(answers.map { |target, value| Bolt::Result.new(target, value: value) })
  end

  # Result of the task status if all clones are running.
  def status(certname, clones)
    {
      'host' => certname,
      'server' => 'puppet.example.com',
      'run_mode' => 'service',
      'clones' => Array.new(clones) { |i| { 'name' => "clone#{i + 1}", 'state' => 'running' } },
      'totals' => { 'clones' => clones, 'running' => clones, 'stopped' => 0, 'failed' => 0 },
    }
  end

  def failure(kind, message, **more)
    { '_error' => { 'kind' => kind, 'msg' => message, 'details' => {} } }.merge(more.transform_keys(&:to_s))
  end
end
