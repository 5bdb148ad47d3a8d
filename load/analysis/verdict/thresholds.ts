/**
 * When a part counts as saturated. Shares are from 0 to 1, of the measured windows. Each of them has to be clearly above
 * what an idle part shows: a verdict that names the wrong part is worse than one that names none.
 */
export const THRESHOLDS = {
  /** Share of samples in which no JRuby was free and requests waited for one. */
  waiting: 0.5,
  /** Mean share of the server's heap in use, together with the mean share of CPU that its garbage collector takes. */
  heap: 0.9,
  gcCpu: 0.1,
  /** Mean CPU share of the server's process, of all its processors. */
  serverCpu: 0.9,
  /** Number of times that the server did not answer its status while objectives did not hold. One may be chance. */
  unanswered: 2,
  /** Growth of PuppetDB's queue from the first third of the samples to the last: commands, and the factor. */
  queueGrowth: 20,
  queueFactor: 2,
  /** Per run: TCP segments sent again, and errors and drops of network interfaces. */
  retransmits: 5,
  networkErrors: 1,
  /** Milliseconds by which the latest 1 % of the starts were late: alone, and together with CPU pressure. */
  late: 1000,
  lateUnderPressure: 100,
  /** Mean share of the time in which tasks waited for a processor. It counts together with late starts only. */
  cpuPressure: 0.5,
  /**
   * A host whose processors are this busy, with tasks that wait for one in this share of the time, slows down its agents,
   * even if it starts them on time. That does not count if the server's process uses more than this share of its own
   * processors: it may share the machine, as in the lab, and be what keeps it busy.
   */
  busy: { cpu: 0.95, pressure: 0.9, server: 0.5 },
  /** Mean share of the time in which tasks waited for memory. */
  memoryPressure: 0.1,
  /** Smallest share of the memory that was available. */
  memoryAvailable: 0.05,
  /** Milliseconds by which the clocks of load hosts may differ without a warning. */
  clocks: 100,
} as const;
