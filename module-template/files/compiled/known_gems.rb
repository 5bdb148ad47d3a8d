# frozen_string_literal: true

# Puppet tests for an optional library whenever it has a use for it, and has RubyGems read all gems again before each
# test. Until a gem is installed or removed, that is left out, and a library that no gem has is not searched for again.
module KnownGems
  def clear_paths
    state = gems_state
    return if state == @known_state

    @known_state = state
    @missing = {}
    super
  end

  # If a gem was installed or removed since the gems were read, this says nothing about the next time.
  def try_activate(path)
    return super if gems_state != @known_state
    return false if @missing.key?(path)

    super.tap { |found| @missing[path] = true unless found }
  end

  private

  # Where RubyGems looks, and when a gem was last installed or removed there: each has a file in `specifications`.
  def gems_state
    [ENV.fetch('GEM_HOME', nil), ENV.fetch('GEM_PATH', nil), Gem.path.map { |path| [path, changed_at("#{path}/specifications")] }]
  end

  def changed_at(folder)
    File.stat(folder).mtime
  rescue SystemCallError
    nil
  end
end

Gem.singleton_class.prepend(KnownGems) if defined?(Gem.try_activate)
