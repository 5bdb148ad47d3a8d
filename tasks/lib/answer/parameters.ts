import { CLONES_MAX, SCHEMAS } from '../../../model/limits.ts';
import type { Parameter } from '../../../model/task.ts';

/** Clones that a task applies to. `select-clones.ts` defines the syntax. */
export const CLONES = {
  description:
    'Clones by name (clone3), range (clone1-clone20) or pattern (clone1*), as an array or a comma-separated string. All clones if omitted.',
  schema: {
    anyOf: [
      { type: 'string', minLength: 1 },
      { type: 'array', items: { type: 'string', minLength: 1 }, minItems: 1 },
    ],
  },
} as const satisfies Parameter;

/** Base images whose clones a task applies to. */
export const BASE = {
  description:
    'Only clones on these base images, as an array or a comma-separated string. All base images if omitted.',
  schema: CLONES.schema,
} as const satisfies Parameter;

/** How long a task waits for clones to start or stop. */
export const TIMEOUT = {
  description:
    'Maximum time to wait, in seconds. Clones that are still starting or stopping by then are reported as failed, but continue in the background.',
  schema: SCHEMAS.timeout,
  default: 600,
} as const satisfies Parameter;

/** Whether an answer lists all clones of a large fleet; see `listed-clones.ts`. */
export const DETAIL = {
  description:
    'List all clones. By default, an answer about more than 200 clones lists only those that need attention.',
  schema: { type: 'boolean' },
  default: false,
} as const satisfies Parameter;

/** Whether to determine the disk usage of overlays and base images. */
export const DISK = {
  description:
    'Also show the disk usage of overlays and base images. For a large fleet, this takes several seconds.',
  schema: { type: 'boolean' },
  default: false,
} as const satisfies Parameter;

/** Where the status goes for monitoring. */
export const METRICS_FILE = {
  description:
    'Also write the totals to this file of the host, as OpenMetrics text for Prometheus or Telegraf, such as /var/lib/prometheus/node-exporter/clones.prom.',
  schema: { type: 'string', pattern: '^/.*[^/]$' },
} as const satisfies Parameter;

/** How long a task waits for agent runs. */
export const RUN_TIMEOUT = {
  description:
    'Maximum time to wait, in seconds. Runs still in progress by then are reported as timed out, but continue in the background.',
  schema: SCHEMAS.timeout,
  default: 600,
} as const satisfies Parameter;

/** How many agents run at the same time. */
export const CONCURRENCY = {
  description: 'Number of agents that run at the same time. Default: two for each core of the host.',
  schema: { type: 'integer', minimum: 1, maximum: CLONES_MAX },
} as const satisfies Parameter;

/** Clones to reset. There is no default, because a reset cannot be undone. */
export const RESET_CLONES = {
  description:
    "Clones by name (clone3), range (clone1-clone20) or pattern (clone1*), as an array or a comma-separated string; '*' for all. Required unless base is set.",
  schema: CLONES.schema,
} as const satisfies Parameter;

/** Whether a reset keeps the agent's keys and certificates. */
export const KEEP_CERTIFICATE = {
  description:
    "Whether to keep the agent's keys and certificates, so that the server still accepts the clone. If not, remove the old certificate from the server.",
  schema: { type: 'boolean' },
  default: true,
} as const satisfies Parameter;

/** Base images to build. */
export const IMAGES = {
  description:
    'Base images by name, as an array or a comma-separated string. All base images of the fleet if omitted.',
  schema: CLONES.schema,
} as const satisfies Parameter;

/** How long a task builds images. */
export const BUILD_TIMEOUT = {
  description:
    'Maximum time for all builds together, in seconds. A build that is not finished by then is undone.',
  schema: SCHEMAS.timeout,
  default: 3600,
} as const satisfies Parameter;

/** How much of each log is shown. */
export const LINES = {
  description: 'Number of lines for each clone.',
  schema: { type: 'integer', minimum: 1, maximum: 1000 },
  default: 20,
} as const satisfies Parameter;

/** Which load test. */
export const TEST_ID = {
  description: 'Name of the load test. Default: the newest one of the host.',
  schema: SCHEMAS.test_id,
} as const satisfies Parameter;
