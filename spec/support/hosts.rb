# frozen_string_literal: true

require_relative 'module_under_test'

# Facts of hosts.
module Hosts
  CERTNAME = 'host.example.com'
  MEMORY_MIB = 8192

  # Version of systemd by release, if older than 252.
  SYSTEMD = Hash.new(252).merge('8' => 239, '11' => 247, '22.04' => 249).freeze

  class << self
    def supported
      @supported ||= ModuleUnderTest::METADATA['operatingsystem_support'].flat_map do |os|
        os['operatingsystemrelease'].map do |release|
          ["#{os['operatingsystem']} #{release}", of(os['operatingsystem'], release)]
        end
      end.to_h
    end

    def of(name, release)
      host(facterdb(name, release))
    end

    def memory(mib)
      { 'system' => { 'total_bytes' => mib * 1_048_576 } }
    end

    private

    def host(facts)
      systemd = SYSTEMD[facts[:os]['release']['major']]
      facts.merge(memory: memory(MEMORY_MIB), clone_army: { 'certname' => CERTNAME, 'systemd' => systemd })
    end

    # FacterDB lacks the newest releases and some old ones. These get the facts of the nearest release.
    def facterdb(name, release)
      known = FacterDB.get_facts({ 'os.name' => name, 'os.hardware' => 'x86_64' })
      raise "FacterDB knows no release of #{name}" if known.empty?

      facts = known.min_by { |candidate| distance(candidate, release) }
      return facts if facts[:os]['release']['major'] == release

      facts.merge(os: facts[:os].merge('release' => { 'full' => release, 'major' => release }))
    end

    # Sort key: distance between the releases, then the newest Facter first.
    def distance(facts, release)
      newest = Gem::Version.new(facts[:facterversion]).segments
      [(facts[:os]['release']['major'].to_f - release.to_f).abs, *newest.map(&:-@)]
    end
  end

  # Facts of each supported system in metadata.json, by its name.
  def supported_hosts
    Hosts.supported
  end

  # Facts of the first supported system, for behaviour that is the same on all.
  def any_host
    supported_hosts.values.first
  end

  # Facts of the first supported system of each family, by the name of the family.
  def host_of_each_family
    supported_hosts.values.uniq { |facts| facts[:os]['family'] }.to_h { |facts| [facts[:os]['family'], facts] }
  end

  # Name of the default image on a host with these facts.
  def image_of(facts)
    "#{facts[:os]['name'].downcase}-#{facts[:os]['release']['major']}"
  end

  def with_memory(facts, mib)
    facts.merge(memory: Hosts.memory(mib))
  end

  def with_cores(facts, count)
    facts.merge(processors: facts[:processors].merge('count' => count))
  end
end
