# @summary Sees to it that runs at an interval can be named by the clock
#
# A timer that counts from one run to the next drifts, and the runs of a fleet
# crowd; one that goes by the clock needs an interval that the clock repeats.
#
# @param interval
#   Seconds from one run to the next
# @return [Undef] Nothing
# @raise Evaluation error, if hour or day is no multiple of the interval
#
# @api private
function clone_army::assert_interval(Clone_army::Run_interval $interval) >> Undef {
  $fits = $interval ? {
    Integer[default, 3600] => $interval % 60 == 0 and 3600 % $interval == 0,
    default                => $interval % 3600 == 0 and 86400 % $interval == 0,
  }
  unless $fits {
    fail(@("MESSAGE"/L$))
      clone_army: run_interval is ${interval}; it has to be minutes that divide an hour \
      (60, 120, 180, 240, 300, 360, 600, 720, 900, 1200, 1800, 3600) \
      or hours that divide a day (7200, 10800, 14400, 21600, 28800, 43200, 86400)
      |-MESSAGE
  }
}
