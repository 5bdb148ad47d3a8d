import type { Schema } from './schema.ts';

/** An operating system that can be installed in a base image. */
export interface Image {
  readonly os: string;
  readonly release: string;
  readonly suite: string;
  /** Name of the script under `files/bootstrap` that installs the system. */
  readonly bootstrapper: string;
}

/** Schema of an {@link Image}: an entry of `images` in `module.yaml` or in a user's own Hiera data. */
export const IMAGE = {
  type: 'object',
  description: 'An operating system for base images, and the tool that installs it.',
  properties: {
    os: { type: 'string', description: 'Name of the operating system, as in facts.', pattern: '^[A-Za-z]+$' },
    release: {
      type: 'string',
      description: 'Release, such as "12" or "24.04".',
      pattern: '^[0-9]+([.][0-9]+)*$',
    },
    suite: {
      type: 'string',
      description: 'Codename of the release.',
      pattern: '^[a-z0-9][a-z0-9.-]*$',
    },
    bootstrapper: { type: 'string', description: 'Script under files/bootstrap.', pattern: '^[a-z]+$' },
  },
  required: ['os', 'release', 'suite', 'bootstrapper'],
  additionalProperties: false,
} as const satisfies Schema;
