import { FAMILIES } from './families.ts';
import { SCHEMAS } from './limits.ts';
import type { Schema } from './schema.ts';

/** Parameters of the define `<module>::base` that select the agent of a base image, in addition to its flavour. */
export const AGENT_OPTIONS = [
  'version',
  'repository',
  'credentials',
  'gem',
  'local_packages',
  'verify_server',
] as const;

/** One of {@link AGENT_OPTIONS}. */
export type AgentOption = (typeof AGENT_OPTIONS)[number];

/** A way to install the agent in base images: an entry of `flavours` in `module.yaml`. */
export interface Flavour {
  /** Completes "How the agent gets into the image:". */
  readonly description: string;
  /** Further information for users. */
  readonly note?: string;
  /** Families of images that it can install an agent in. */
  readonly families: readonly string[];
  /** Name of the script under `files/flavours`. None if the agent comes from the image's local packages. */
  readonly script?: string;
  /** Optional options. Local packages can be added to any flavour. */
  readonly takes: readonly AgentOption[];
  /** Required options. */
  readonly needs?: readonly AgentOption[];
  /** Default version of the agent, which can be partial. */
  readonly version?: string;
  /** Name of the agent's package. */
  readonly package?: string;
  /** URL of the vendor's repository, by family. */
  readonly repository?: Readonly<Record<string, string>>;
  /**
   * Package in the repository that configures package managers to use the repository, by family. `{major}` is replaced
   * by the major version of the agent, and `{os}`, `{release}` and `{suite}` by those of the image.
   */
  readonly release_package?: Readonly<Record<string, string>>;
}

const family = { type: 'string', enum: Object.keys(FAMILIES) } as const;
const option = { type: 'string', enum: AGENT_OPTIONS } as const;
const byFamily = (schema: Schema) => ({
  type: 'object' as const,
  propertyNames: family,
  additionalProperties: schema,
});

/** Schema of a {@link Flavour}. Strings that shell scripts read contain no special characters. */
export const FLAVOUR = {
  type: 'object',
  properties: {
    description: { type: 'string', minLength: 1 },
    note: { type: 'string', minLength: 1 },
    families: { type: 'array', items: family, minItems: 1, uniqueItems: true },
    script: { type: 'string', pattern: '^[a-z][a-z0-9_]*$' },
    takes: { type: 'array', items: option, uniqueItems: true },
    needs: { type: 'array', items: option, uniqueItems: true },
    version: SCHEMAS.version,
    package: { type: 'string', pattern: '^[a-z0-9][a-z0-9+.-]*$' },
    repository: byFamily(SCHEMAS.mirror),
    release_package: byFamily({ type: 'string', pattern: '^[A-Za-z0-9{}/._-]+$' }),
  },
  required: ['description', 'families', 'takes'],
  additionalProperties: false,
} as const;
