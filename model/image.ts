import type { Schema } from './schema.ts';

/** A system that a base image can hold. */
export interface Image {
  readonly os: string;
  readonly release: string;
  readonly suite: string;
  /** Names the script under `files/bootstrap` that lays the system out. */
  readonly bootstrapper: string;
}

/** An entry of `images` in `module.yaml`, and of a user's own Hiera data. */
export const IMAGE = {
  type: 'object',
  description: 'A system that a base image can hold, and the tool that lays it out.',
  properties: {
    os: { type: 'string', description: 'Name of the system as facts have it.', pattern: '^[A-Za-z]+$' },
    release: {
      type: 'string',
      description: 'Release, such as "12" or "24.04".',
      pattern: '^[0-9]+([.][0-9]+)*$',
    },
    suite: {
      type: 'string',
      description: "The distribution's name of the release.",
      pattern: '^[a-z0-9][a-z0-9.-]*$',
    },
    bootstrapper: { type: 'string', description: 'Script under files/bootstrap.', pattern: '^[a-z]+$' },
  },
  required: ['os', 'release', 'suite', 'bootstrapper'],
  additionalProperties: false,
} as const satisfies Schema;
