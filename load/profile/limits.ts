/** Bounds of what a profile can ask for: far above what has been measured, low enough to catch typing errors. */
export const PROFILE_LIMITS = {
  /** Runs a minute, over all hosts. */
  runsPerMinute: 100_000,
  /** Milliseconds. */
  phase: { min: 1000, max: 366 * 86_400_000 },
  /** Milliseconds. */
  timeout: { min: 1000, max: 86_400_000 },
  /** Seconds of a test of a search, and the most tests that it may have. */
  searchStep: { min: 10, max: 86_400 },
  searchSteps: 100,
  /** Arrivals of a replay. */
  times: 1_000_000,
  phases: 100,
  steps: 1000,
  facts: { count: 10_000, size: 65_536, depth: 10 },
  /** Clones an hour. */
  churn: 100_000,
} as const;
