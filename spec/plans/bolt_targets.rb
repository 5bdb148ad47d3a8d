# frozen_string_literal: true

# Stand-ins for hosts that Bolt reaches, as they answer when all goes well.
module BoltTargets
  def modulepath
    [ModuleUnderTest.modulepath]
  end

  # What apply_prep finds out of each target.
  def allow_facts(certnames, systemd: 252)
    facts = certnames.transform_values { |certname| { 'clone_army' => { 'certname' => certname, 'systemd' => systemd } } }
    allow_apply_prep
    allow_task('apply_helpers::custom_facts').return_for_targets(facts)
  end

  # Answers of the task start, which the block may replace; returns the names of the targets in the order of their turns.
  def allow_starts
    [].tap do |turns|
      allow_task('clone_army::start').return do |targets:, params:, **|
        turns << targets.map(&:name)
        answer = (yield targets.first.name, params if block_given?) || started(3)
        results(targets.to_h { |target| [target, answer] })
      end
    end
  end

  # The answer of the task start where all clones came up.
  def started(clones)
    { 'clones' => [], 'totals' => { 'clones' => clones, 'changed' => clones, 'in_sync' => 0, 'failed' => 0 } }
  end

  def results(answers)
    Bolt::ResultSet.new(answers.map { |target, value| Bolt::Result.new(target, value: value) })
  end

  # The answer of the task status on a host all of whose clones run.
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
