# frozen_string_literal: true

# Puppet tests for an optional library whenever it has a use for it, and has RubyGems read all gems again before each
# test. Until a gem is installed or removed, that is left out, and a library that no gem has is not searched for again.
module KnownGems
  def clear_paths
    super if gems_changed?
  end

  def try_activate(path)
    gems_changed?
    return false if @missing.key?(path)

    super.tap { |found| @missing[path] = true unless found }
  end

  private

  # Whether a gem was installed or removed since the last call. Each gem has a file in the folder of specifications.
  def gems_changed?
    state = [ENV.fetch('GEM_HOME', nil), ENV.fetch('GEM_PATH', nil), Gem.path.map { |path| [path, changed_at("#{path}/specifications")] }]
    return false if state == @gems_state

    @gems_state = state
    @missing = {}
    true
  end

  def changed_at(folder)
    File.stat(folder).mtime
  rescue SystemCallError
    nil
  end
end

Gem.singleton_class.prepend(KnownGems) if defined?(Gem.try_activate)
