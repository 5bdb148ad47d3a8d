import { FAMILIES } from './families.ts';
import { SCHEMAS } from './limits.ts';
import type { Schema } from './schema.ts';

/** What can be said of the agent in a base image, beside the flavour: parameters of the define `<module>::base`. */
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

/** A way in which an agent gets into base images: an entry of `flavours` in `module.yaml`. */
export interface Flavour {
  /** Completes "How the agent gets into the image:". */
  readonly description: string;
  /** What users have to know beside that. */
  readonly note?: string;
  /** Families of the images that it has agents for. */
  readonly families: readonly string[];
  /** Names the script under `files/flavours`; a flavour whose agent is in the image's local packages has none. */
  readonly script?: string;
  /** Options that it understands and can do without; local packages may be added to any. */
  readonly takes: readonly AgentOption[];
  /** Options that it cannot do without. */
  readonly needs?: readonly AgentOption[];
  /** Version, or its beginning, of those who ask for none. */
  readonly version?: string;
  /** Package with the agent. */
  readonly package?: string;
  /** The vendor's repository, by family. */
  readonly repository?: Readonly<Record<string, string>>;
  /**
   * Package in the repository that tells package managers of it, by family; `{major}` stands for that of the version,
   * `{os}`, `{release}` and `{suite}` for the image's.
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

/** Shape of a {@link Flavour}; strings hold nothing that a shell sees beside words. */
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
