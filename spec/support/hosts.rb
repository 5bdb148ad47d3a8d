# frozen_string_literal: true

require_relative 'module_under_test'

# Facts of nodes that host fleets.
module Hosts
  extend RspecPuppetFacts

  CERTNAME = 'host.example.com'
  MEMORY_MIB = 8192

  class << self
    def supported
      @supported ||= ModuleUnderTest::METADATA['operatingsystem_support'].flat_map do |os|
        os['operatingsystemrelease'].map do |release|
          ["#{os['operatingsystem']} #{release}", host(facterdb(os['operatingsystem'], release))]
        end
      end.to_h
    end

    def memory(mib)
      { 'system' => { 'total_bytes' => mib * 1_048_576 } }
    end

    private

    def host(facts)
      facts.merge(memory: memory(MEMORY_MIB), clone_army: { 'certname' => CERTNAME, 'systemd' => 252 })
    end

    def facterdb(name, release)
      supported = [{ 'operatingsystem' => name, 'operatingsystemrelease' => [release] }]
      on_supported_os(supported_os: supported).values.first || lookalike(name, release)
    end

    # FacterDB is behind the distributions: a release that it does not know yet gets the facts of another.
    def lookalike(name, release)
      known = FacterDB.get_facts({ 'os.name' => name, 'os.hardware' => 'x86_64' })
      raise "FacterDB knows no release of #{name}" if known.empty?

      facts = known.max_by { |candidate| Gem::Version.new(candidate[:facterversion]) }
      facts.merge(os: facts[:os].merge('release' => { 'full' => release, 'major' => release }))
    end
  end

  # Facts of each system that metadata.json names, by the name of the system.
  def supported_hosts
    Hosts.supported
  end

  # Facts of the first of them, for what is the same on all.
  def any_host
    supported_hosts.values.first
  end

  # Name of the image that is the default there.
  def image_of(facts)
    "#{facts[:os]['name'].downcase}-#{facts[:os]['release']['major']}"
  end

  def with_memory(facts, mib)
    facts.merge(memory: Hosts.memory(mib))
  end
end
