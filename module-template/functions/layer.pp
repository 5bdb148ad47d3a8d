# @summary The layer below the base image in a run mode
#
# Its name has a digest of its files. An update of the module that changes a file
# therefore makes another layer, because running clones are mounted on this one.
#
# @param run_mode
#   How agents run in the clones
# @return [Clone_army::Layer] The layer
#
# @api private
function clone_army::layer(Clone_army::Run_mode $run_mode) >> Clone_army::Layer {
  # Sorts first, so that drop-ins in the image or in an overlay take precedence.
  $journald = 'etc/systemd/journald.conf.d/00-puppet-clone-army.conf'
  $units    = 'etc/systemd/system'
  # Facter reads one or the other, depending on who packaged it.
  $facter   = Hash(['etc/facter', 'etc/puppetlabs/facter'].map |$folder| {
    ["${folder}/facter.conf", { 'content' => file('clone_army/facter.conf') }]
  })

  # Of no use to a clone that only runs an agent. Each costs a part of the boot.
  $masked = [
    'dev-hugepages.mount', 'dev-mqueue.mount', 'run-lock.mount', 'sys-fs-fuse-connections.mount',
    'systemd-ask-password-console.path', 'systemd-ask-password-wall.path', 'systemd-journal-flush.service',
    'systemd-remount-fs.service', 'systemd-tmpfiles-setup-dev-early.service', 'systemd-tmpfiles-setup-dev.service',
  ]
  # Programs that each boot runs to write units for a console, disks, updates and kernel parameters of a machine. Those for
  # fstab and init scripts stay.
  $generators = [
    'bless-boot', 'cryptsetup', 'debug', 'factory-reset', 'getty', 'gpt-auto', 'hibernate-resume', 'import', 'integritysetup',
    'run', 'ssh', 'system-update', 'tpm2', 'veritysetup',
  ]
  # /run/nologin keeps users out until a service at the end of a boot removes it. No boot makes it, so none waits for that.
  $nologin = 'etc/tmpfiles.d/systemd-nologin.conf'
  $masks = Hash([
    $masked.map |$unit| { "${units}/${unit}" },
    $generators.map |$name| { "etc/systemd/system-generators/systemd-${name}-generator" },
    $nologin,
  ].flatten.map |$path| { [$path, { 'target' => '/dev/null' }] })

  $files = $run_mode ? {
    'timer' => {
      $journald                                   => { 'content' => file('clone_army/timer/journald.conf') },
      "${units}/puppet-clone-army.target"         => { 'content' => file('clone_army/timer/clone.target') },
      "${units}/puppet-clone-army-run.service"    => { 'content' => file('clone_army/timer/run.service') },
      # prepare-clone writes the timer to the clone's overlay, because each clone has its own slot.
      "${units}/puppet-clone-army-run.timer"      => { 'target' => '/etc/puppet-clone-army-run.timer' },
      'usr/share/puppet-clone-army/run-agent'     => { 'content' => file('clone_army/timer/run-agent'), 'mode' => '0755' },
      'usr/share/puppet-clone-army/forked-run.rb' => { 'content' => file('clone_army/timer/forked-run.rb') },
    } + $facter + $masks,
    default => {
      $journald                           => { 'content' => file('clone_army/service/journald.conf') },
      # When the run mode has changed to timer, a clone that dies comes back on this layer, and its unit asks for this target.
      "${units}/puppet-clone-army.target" => { 'target' => '/lib/systemd/system/multi-user.target' },
    } + $facter,
  }

  $digest = sha256($files.map |$path, $file| { "${path} ${file}" }.join("\n"))[0, 8]
  $layer  = { 'name' => ".${run_mode}-${digest}", 'files' => $files }
  $layer
}
