# @summary Gives the catalogs of clones a size and a cost, for load tests
#
# For the clones, not for their host: classify nodes such as
# `/^clone\d+\.loadhost\.example\.com$/` on the server. Everything that the class
# manages is a file below one folder in the clone. Files that the class no longer
# wants are removed.
#
# Clones that your own classes configure do not need this class: their catalogs are
# as they are in production.
#
# @example A catalog with 200 resources that takes a second of CPU to compile
#   class { 'clone_army::workload':
#     files        => 120,
#     sources      => 40,
#     templates    => 40,
#     compile_time => 1,
#   }
#
# @example One clone in ten is a large node, and each run changes two files
#   class { 'clone_army::workload':
#     changes => 2,
#     roles   => {
#       'web'      => { 'weight' => 9, 'files' => 50 },
#       'database' => { 'weight' => 1, 'files' => 500, 'compile_time' => 2.5 },
#     },
#   }
#
# @param ensure
#   `absent` removes the folder
#
# @param folder
#   Folder in the clone
#
# @param files
#   Number of files whose content is in the catalog
#
# @param file_size
#   Size of each of them, in bytes
#
# @param sources
#   Number of files that the agent gets from the server's file server. Each takes a
#   request for its metadata in each run, and one for its content in the first.
#
# @param source_size
#   Size of each of them
#
# @param templates
#   Number of files that the server makes from a template, with 20 lines each
#
# @param changes
#   Number of files whose content is different in each catalog, so that each run
#   changes them
#
# @param exported
#   Number of resources that each clone exports. It collects those of all clones in
#   its circle. Takes a server with PuppetDB.
#
# @param circles
#   Number of circles that the clones are spread over. In one circle of 1,000 clones,
#   each resource that a clone exports is 1,000 resources in each catalog.
#
# @param compile_time
#   Seconds that the server takes longer to compile the catalog
#
# @param compile_with
#   How it spends them: `cpu` uses a processor, `sleep` waits, as for an external
#   source of data
#
# @param roles
#   Kinds of clones by name, with parameters of this class that are different for
#   them. `weight` says how frequent a role is in relation to the others. The role
#   of a clone depends on its certname alone.
class clone_army::workload (
  Enum['present', 'absent']                        $ensure       = 'present',
  Clone_army::Local_file                           $folder       = '/var/lib/clone-workload',
  Integer[0, 10000]                                $files        = 0,
  Integer[1, 1048576]                              $file_size    = 1024,
  Integer[0, 10000]                                $sources      = 0,
  Enum['1k', '16k', '128k']                        $source_size  = '1k',
  Integer[0, 10000]                                $templates    = 0,
  Integer[0, 10000]                                $changes      = 0,
  Integer[0, 100]                                  $exported     = 0,
  Integer[1, 10000]                                $circles      = 1,
  Variant[Integer[0, 600], Float[0.0, 600.0]]      $compile_time = 0,
  Enum['cpu', 'sleep']                             $compile_with = 'cpu',
  Hash[String[1], Clone_army::Workload]            $roles        = {},
) {
  # Agents in containers of systemd-nspawn know it. What runs a fleet is no clone.
  unless $facts['virtual'] in [undef, 'systemd_nspawn'] {
    fail(@("MESSAGE"/L$))
      clone_army::workload is for clones, but ${trusted['certname']} is none (its fact "virtual" is \
      "${facts['virtual']}"); classify clones, whose certnames are <clone>.<certname of the host>
      |-MESSAGE
  }

  $certname = $trusted['certname']
  $role     = clone_army::role($certname, $roles)
  $general  = {
    'files'        => $files,
    'file_size'    => $file_size,
    'sources'      => $sources,
    'source_size'  => $source_size,
    'templates'    => $templates,
    'changes'      => $changes,
    'exported'     => $exported,
    'circles'      => $circles,
    'compile_time' => $compile_time,
    'compile_with' => $compile_with,
  }
  $special  = $role ? { undef => {}, default => $roles[$role] }

  $directory = $ensure ? { 'present' => 'directory', default => 'absent' }

  file { $folder:
    ensure  => $directory,
    recurse => true,
    purge   => true,
    force   => true,
    backup  => false,
  }

  if $ensure == 'present' {
    class { 'clone_army::workload::files':
      folder => $folder,
      work   => $general + $special,
    }
  }
}
