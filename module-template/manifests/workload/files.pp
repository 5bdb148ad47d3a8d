# @summary The files of the class `clone_army::workload`
#
# @param folder
#   Folder in the clone, which the other class manages
#
# @param work
#   All parameters of the other class that a role can set
#
# @api private
class clone_army::workload::files (
  Clone_army::Local_file $folder,
  Clone_army::Workload   $work,
) {
  $certname = $trusted['certname']
  $circle   = clone_army::draw("circle ${certname}", $work['circles'])

  clone_army::busy($work['compile_time'], $work['compile_with'])

  File {
    backup => false,
  }

  $work['files'].each |$i| {
    file { "${folder}/content-${i}":
      content => sprintf("%-${work['file_size']}s", "${certname} ${i}"),
    }
  }
  $work['sources'].each |$i| {
    file { "${folder}/source-${i}":
      source => "puppet:///modules/clone_army/workload/${work['source_size']}.txt",
    }
  }
  $work['templates'].each |$i| {
    file { "${folder}/template-${i}":
      content => epp('clone_army/workload.epp', 'certname' => $certname, 'number' => $i, 'lines' => 20),
    }
  }
  $work['changes'].each |$i| {
    file { "${folder}/changing-${i}":
      content => "${Timestamp()}\n",
    }
  }

  if $work['exported'] > 0 {
    $work['exported'].each |$i| {
      @@file { "${folder}/from-${certname}-${i}":
        content => "${certname} ${i}\n",
        tag     => "clone_workload_${circle}",
      }
    }
    File <<| tag == "clone_workload_${circle}" |>>
  }
}
