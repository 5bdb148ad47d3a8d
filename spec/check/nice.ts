/**
 * Prefix of commands that give way to the lab. The lab takes longest, and it waits most of the time: suites beside it
 * get what it leaves of the processors.
 *
 * Where the kernel groups processes by session (autogroup in sched(7)), priorities only count within a session. So a
 * command gets a session of its own, and that the low priority.
 */
export const NICE = [
  'setsid',
  'sh',
  '-c',
  '{ echo 10 > /proc/self/autogroup; } 2> /dev/null; exec nice -n 10 "$0" "$@"',
] as const;
