# @summary Fails unless hosts can take part in the same load test
#
# @param hosts
#   Answers of the task `load_ready` by the names of the targets
#
# @param max_clock_offset
#   Milliseconds by which the clocks of two hosts may differ
#
# @return [Undef] Nothing
#
# @api private
plan clone_army::private::assert_ready (
  Hash[String[1], Hash] $hosts,
  Integer[1]            $max_clock_offset,
) {
  $busy = $hosts.filter |$_, $host| { $host['test'] =~ NotUndef }
  unless $busy.empty {
    $tests = $busy.map |$target, $host| { "${target} runs ${host['test']}" }
    fail_plan(
      "a load test is in progress: ${tests.join(', ')}. Wait for its end, or end it with \
bolt task run clone_army::load_stop --targets ${busy.keys.join(',')}",
      'clone_army/test-in-progress',
    )
  }

  $idle = $hosts.filter |$_, $host| { $host['groups'].all |$group| { $group['clones'].empty } }
  unless $idle.empty {
    $names = $idle.keys.join(',')
    fail_plan(
      "no clones that could take part are running on ${names}. Start them with \
bolt task run clone_army::start --targets ${names}, or leave these hosts out",
      'clone_army/no-clones',
    )
  }

  $namesakes = $hosts.group_by |$_, $host| { $host['name'] }.filter |$_, $group| { $group.length > 1 }
  unless $namesakes.empty {
    $lists = $namesakes.map |$certname, $group| { "${group.map |$pair| { $pair[0] }.join(' and ')} have the certname \"${certname}\"" }
    fail_plan(
      "${lists.join(', ')}, so their clones have the same certnames, too. Name each host once, and give each its own \
certname in section [agent] of its puppet.conf",
      'clone_army/name-collision',
    )
  }

  $offsets = $hosts.map |$target, $host| { [$target, $host['clock']['offset']] }.filter |$pair| { $pair[1] =~ NotUndef }
  unless $offsets.empty {
    $sorted = $offsets.sort |$one, $other| { compare($one[1], $other[1]) }
    $spread = Integer($sorted[-1][1] - $sorted[0][1])
    if $spread > $max_clock_offset {
      fail_plan(
        "the clocks of ${sorted[0][0]} and ${sorted[-1][0]} are ${spread} ms apart, more than max_clock_offset \
(${max_clock_offset}). Synchronize the clocks of all load hosts, for example with chrony or systemd-timesyncd",
        'clone_army/clocks-apart',
      )
    }
  }
}
