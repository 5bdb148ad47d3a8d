/**
 * Shell code that gives the session of its process a low priority. Where the kernel groups processes by session (autogroup
 * in sched(7)), priorities of processes only count within a session.
 */
export const GIVE_WAY = '{ echo 10 > /proc/self/autogroup; } 2> /dev/null || true';

/**
 * Prefix of commands that give way to the lab, in a session of their own. The lab takes longest, and it waits most of the
 * time: suites beside it get what it leaves of the processors.
 */
export const NICE = ['setsid', 'sh', '-c', `${GIVE_WAY}; exec nice -n 10 "$0" "$@"`] as const;
