# @summary The layer below the base image, which all clones share
#
# Each version of a layer is a folder of its own, which does not change while
# clones are mounted on it. The script reload-fleet removes those of other run
# modes and of earlier versions of the module once no clone is.
#
# @param layer
#   Name of the folder
#
# @param files
#   Files by their path in the layer
#
# @api private
class clone_army::layers (
  Pattern[/\A[.](service|timer)-\h{8}\z/]     $layer,
  Hash[String[1], Clone_army::Layer_file, 1] $files,
) {
  $root    = "/var/lib/puppet-clone-army/${layer}"
  $folders = $files.keys.map |$path| {
    $names = $path.split('/')
    [$root] + Integer[1, $names.length - 1].map |$n| { "${root}/${names[0, $n].join('/')}" }
  }.flatten.unique

  file { $folders:
    ensure => directory,
    owner  => 'root',
    group  => 'root',
    mode   => '0755',
  }

  $files.each |$path, $file| {
    $attributes = 'target' in $file ? {
      true    => { 'ensure' => link },
      default => { 'ensure' => file, 'owner' => 'root', 'group' => 'root', 'mode' => '0644' },
    }
    file { "${root}/${path}":
      * => $attributes + $file,
    }
  }
}
