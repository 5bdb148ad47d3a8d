/** Result of an agent run. */
export interface FakeRun {
  readonly total?: number;
  readonly changed?: number;
  readonly failed?: number;
  readonly failedToRestart?: number;
  /** End of the run in seconds since 1970. */
  readonly time?: number;
  /** Catalog version, as YAML. */
  readonly catalog?: string;
}

/** A `last_run_summary.yaml` in the format of Puppet 8.10. */
export function summaryOf({
  total = 8,
  changed = 0,
  failed = 0,
  failedToRestart = 0,
  catalog = '1795521500',
  time = 1795521500,
}: FakeRun): string {
  return `---
version:
  config: ${catalog}
  puppet: 8.10.0
application:
  run_mode: agent
  initial_environment: production
  converged_environment: production
resources:
  changed: ${changed}
  corrective_change: 0
  failed: ${failed}
  failed_to_restart: ${failedToRestart}
  out_of_sync: ${changed + failed}
  restarted: 0
  scheduled: 0
  skipped: 0
  total: ${total}
time:
  catalog_application: 0.011
  config_retrieval: 0.27
  filebucket: 5.5e-05
  total: 1.94
  last_run: ${Math.floor(time)}
changes:
  total: ${changed}
events:
  failure: ${failed}
  success: ${changed}
  total: ${changed + failed}
`;
}
