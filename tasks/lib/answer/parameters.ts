import { SCHEMAS } from '../../../model/limits.ts';
import type { Parameter } from '../../../model/task.ts';

/** Which clones a task is about; see `select.ts` for what it means. */
export const CLONES = {
  description:
    'Clones by name (clone3), range (clone1-clone20) or pattern (clone1*): a list, or a string with commas between. All clones if left out.',
  schema: {
    anyOf: [
      { type: 'string', minLength: 1 },
      { type: 'array', items: { type: 'string', minLength: 1 }, minItems: 1 },
    ],
  },
} as const satisfies Parameter;

/** On which base images the clones stand that a task is about. */
export const BASE = {
  description: 'Only clones on this base image, or on one of these: a list, or a string with commas between.',
  schema: CLONES.schema,
} as const satisfies Parameter;

/** How long a task waits for the clones that it set in motion. */
export const TIMEOUT = {
  description:
    'Seconds to wait at most. What has not come about by then is reported as failed, and goes on all the same.',
  schema: SCHEMAS.timeout,
  default: 600,
} as const satisfies Parameter;

/** Whether the answer is to name all clones, however many; see `listing.ts`. */
export const DETAIL = {
  description:
    'List every clone. Without it, an answer about more than 200 clones lists those that need attention.',
  schema: { type: 'boolean' },
  default: false,
} as const satisfies Parameter;

/** Whether to go through the overlays of clones and add up what they take. */
export const DISK = {
  description:
    'Show what overlays and images take of the disk, too. Goes through all of their files, which takes seconds for a large fleet.',
  schema: { type: 'boolean' },
  default: false,
} as const satisfies Parameter;
