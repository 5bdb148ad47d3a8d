# @summary Fails unless runs at this interval can be expressed as calendar events
#
# Calendar events keep the runs of a fleet evenly spread. A monotonic timer
# counts from the previous run, so it drifts and runs bunch up.
#
# @param interval
#   Seconds between two runs
# @return [Undef] Nothing
# @raise Evaluation error, if the interval divides neither an hour into whole minutes nor a day into whole hours
#
# @api private
function clone_army::assert_interval(Clone_army::Run_interval $interval) >> Undef {
  $fits = $interval ? {
    Integer[default, 3600] => $interval % 60 == 0 and 3600 % $interval == 0,
    default                => $interval % 3600 == 0 and 86400 % $interval == 0,
  }
  unless $fits {
    fail(@("MESSAGE"/L$))
      clone_army: run_interval is ${interval} seconds; it must divide an hour into whole minutes \
      (60, 120, 180, 240, 300, 360, 600, 720, 900, 1200, 1800, 3600) \
      or a day into whole hours (7200, 10800, 14400, 21600, 28800, 43200, 86400)
      |-MESSAGE
  }
}
