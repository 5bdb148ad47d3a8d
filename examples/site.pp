# Nodes that host fleets. The server that compiles this catalog is the one that the clones check in with.

# Ten clones, each with a resident agent.
node 'load1.example.com' {
  class { 'clone_army':
    num_clones => 10,
  }
}

# As many agents as the host holds, each running every half hour. Their environment is `load`.
node 'load2.example.com' {
  class { 'clone_army':
    run_mode     => 'timer',
    run_interval => 1800,
    base         => {
      'puppet_settings' => { 'agent' => { 'environment' => 'load' } },
    },
  }
}

# All parameters come from Hiera: hiera/data/nodes/load3.example.com.yaml
node 'load3.example.com' {
  include clone_army
}
