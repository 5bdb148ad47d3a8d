/**
 * Prefix of commands that give way to the lab. The lab takes longest, and it waits most of the time: suites beside it
 * get what it leaves of the processors.
 */
export const NICE = ['nice', '-n', '10'] as const;
