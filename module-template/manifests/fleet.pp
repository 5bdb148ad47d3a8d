# @summary The fleet as data, and what systemd needs to generate units from it
#
# @param host
#   Certname of this host
#
# @param server
#   Certname of the server that the clones check in with
#
# @param run_mode
#   How agents run in the clones
#
# @param run_interval
#   Seconds between two runs of a clone's agent, by timer
#
# @param run_immediately
#   Whether a clone's agent also runs as soon as the clone has booted, by timer
#
# @param preload
#   Whether a process on this host forks agent runs, by timer
#
# @param share_memory
#   Whether clones share identical memory pages
#
# @param layer
#   Name of the layer below the base images
#
# @param groups
#   The clones, by base image
#
# @api private
class clone_army::fleet (
  Clone_army::Certname        $host,
  Clone_army::Certname        $server,
  Clone_army::Run_mode        $run_mode,
  Clone_army::Run_interval    $run_interval,
  Boolean                     $run_immediately,
  Boolean                     $preload,
  Boolean                     $share_memory,
  String[1]                   $layer,
  Array[Clone_army::Group, 1] $groups,
) {
  # A boot spends half its time waiting. In service mode, agents of clones that have booted take the processors.
  $cores = $facts['processors']['count']
  $lanes = $run_mode ? {
    'timer' => 4 * $cores,
    default => 2 * $cores,
  }
  $units = '/etc/systemd/system'
  $file = {
    ensure => file,
    owner  => 'root',
    group  => 'root',
    before => Exec['reload the fleet'],
  }

  file { '/etc/puppet-clone-army/fleet.json':
    mode         => '0644',
    # Puppet keeps the previous fleet if the disk has no room for this one.
    validate_cmd => '/usr/local/libexec/puppet-clone-army/check-fleet %',
    content      => epp('clone_army/fleet.json.epp', {
      'host'            => $host,
      'server'          => $server,
      'run_mode'        => $run_mode,
      'run_interval'    => $run_interval,
      'run_immediately' => $run_immediately,
      'preload'         => $preload,
      'lanes'           => $lanes,
      'concurrent_runs' => 2 * $cores,
      'layer'           => $layer,
      'groups'          => $groups,
    }),
    *            => $file,
  }

  file { "${units}/puppet-clone-army.target":
    mode    => '0644',
    content => file('clone_army/units/fleet.target'),
    *       => $file,
  }

  file { "${units}/puppet-clone-army@.service":
    mode    => '0644',
    content => epp('clone_army/clone.service.epp', {
      'host'           => $host,
      'run_mode'       => $run_mode,
      'preload'        => $preload,
      'share_memory'   => $share_memory,
      'limited_memory' => $facts.dig('clone_army', 'memory_limit') =~ NotUndef,
    }),
    *       => $file,
  }

  file { "${units}/puppet-clone-army-prepare@.service":
    mode    => '0644',
    content => file('clone_army/units/prepare.service'),
    *       => $file,
  }

  file { "${units}/puppet-clone-army-preload@.service":
    mode    => '0644',
    content => file('clone_army/units/preload.service'),
    *       => $file,
  }

  # Runs raise-limits at boot, with the file that clone_army::limits writes once the fleet is accepted.
  file { "${units}/puppet-clone-army-limits.service":
    mode    => '0644',
    content => file('clone_army/units/limits.service'),
    *       => $file,
  }

  file { "${units}-generators":
    ensure => directory,
    owner  => 'root',
    group  => 'root',
    mode   => '0755',
  }

  file { "${units}-generators/puppet-clone-army":
    mode    => '0755',
    content => file('clone_army/fleet-generator'),
    *       => $file,
  }

  exec { 'reload the fleet':
    command   => '/usr/local/libexec/puppet-clone-army/reload-fleet',
    unless    => clone_army::check('/usr/local/libexec/puppet-clone-army/reload-fleet', '--check'),
    timeout   => 900,
    logoutput => on_failure,
  }

  # One that is not running starts with the clones.
  exec { 'restart loaded agents':
    command     => "systemctl try-restart 'puppet-clone-army-preload@*.service'",
    path        => ['/usr/bin', '/bin'],
    refreshonly => true,
    subscribe   => File['/usr/local/libexec/puppet-clone-army/preload.rb', "${units}/puppet-clone-army-preload@.service"],
    require     => Exec['reload the fleet'],
  }

  # Fails until the clones have certificates of the server's CA, and so says what to do.
  exec { "check the CA of the clones' server":
    command   => '/usr/local/libexec/puppet-clone-army/check-ca',
    unless    => clone_army::check('/usr/local/libexec/puppet-clone-army/check-ca'),
    logoutput => on_failure,
    require   => Exec['reload the fleet'],
  }

  if $clone_army::purge_clones {
    exec { 'purge clones that left the fleet':
      command   => '/usr/local/libexec/puppet-clone-army/purge-clones',
      unless    => clone_army::check('/usr/local/libexec/puppet-clone-army/purge-clones', '--check'),
      timeout   => 900,
      logoutput => on_failure,
      require   => Exec['reload the fleet'],
    }
  }
}
