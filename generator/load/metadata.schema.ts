import type { SchemaObject } from 'ajv';

const text = { type: 'string', minLength: 1 } as const;
const url = {
  type: 'string',
  description: 'a URL that starts with https://',
  pattern: '^https://\\S+$',
} as const;

const requirement = {
  type: 'object',
  properties: {
    name: {
      type: 'string',
      description: 'such as "puppetlabs-stdlib" or "puppet"',
      pattern: '^[A-Za-z0-9]+([-/][a-z][a-z0-9_]*)?$',
    },
    version_requirement: text,
  },
  required: ['name', 'version_requirement'],
  additionalProperties: false,
} as const;

/** Schema of `metadata.json`, as the Forge defines it. `rules/` has the checks that a schema cannot express. */
export const METADATA_SCHEMA = {
  type: 'object',
  properties: {
    name: {
      type: 'string',
      description: '<author>-<module>, such as "clonearmy-clone_army"',
      pattern: '^[A-Za-z0-9]+-[a-z][a-z0-9_]*$',
    },
    version: {
      type: 'string',
      description: 'a semantic version, such as "1.2.3"',
      pattern: '^(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(-[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?$',
    },
    author: text,
    summary: { type: 'string', description: 'one line', pattern: '^[^\\r\\n]+$', maxLength: 144 },
    license: {
      type: 'string',
      description: 'an SPDX identifier, such as "Apache-2.0"',
      pattern: '^[A-Za-z0-9.+-]+$',
    },
    source: url,
    project_page: url,
    issues_url: url,
    dependencies: { type: 'array', items: requirement },
    operatingsystem_support: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        properties: {
          operatingsystem: text,
          operatingsystemrelease: { type: 'array', items: text, minItems: 1, uniqueItems: true },
        },
        required: ['operatingsystem', 'operatingsystemrelease'],
        additionalProperties: false,
      },
    },
    requirements: { type: 'array', items: requirement, minItems: 1 },
    tags: {
      type: 'array',
      items: { type: 'string', description: 'one word', pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$' },
      uniqueItems: true,
    },
  },
  required: [
    'name',
    'version',
    'author',
    'summary',
    'license',
    'source',
    'dependencies',
    'operatingsystem_support',
    'requirements',
  ],
  additionalProperties: false,
} as const satisfies SchemaObject;
