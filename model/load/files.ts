/** Files in the folder of a load test. */
export const LOAD_FILES = {
  /** A `TestPlan`. */
  plan: 'plan.json',
  /** A `RunRecord` in each line. A driver that was killed may have left half a line at the end. */
  records: 'records.ndjson',
  /** A `Sample` in each line, likewise. */
  samples: 'samples.ndjson',
  /** A `Progress`, replaced as a whole. */
  progress: 'progress.json',
  /** A `Reduced`. */
  reduced: 'reduced.json.gz',
  /** The driver. */
  program: 'driver.js',
} as const;

/** Files of a result. */
export const RESULT_FILES = {
  /** A `Result`. */
  result: 'result.json',
  report: 'report.html',
  junit: 'junit.xml',
  /** OpenMetrics. */
  metrics: 'metrics.prom',
} as const;

/** Files of a comparison. */
export const COMPARISON_FILES = {
  /** A `Comparison`. */
  comparison: 'compare.json',
  report: 'compare.html',
  junit: 'compare.junit.xml',
} as const;
