import type { SchemaObject } from 'ajv';
import { RUN_MODES } from '../model/fleet.ts';
import { IMAGE } from '../model/image.ts';
import { SCHEMAS } from '../model/limits.ts';

const name = {
  type: 'string',
  description: 'name of a script, without .sh',
  pattern: '^[a-z][a-z0-9_]*$',
} as const;

/** `module.yaml`; what depends on other keys or on other files stands in `rules/`. */
export const MODULE_SCHEMA = {
  type: 'object',
  properties: {
    images: { type: 'object', propertyNames: SCHEMAS.name, additionalProperties: IMAGE, minProperties: 1 },
    flavours: { type: 'array', items: name, minItems: 1, uniqueItems: true },
    defaults: {
      type: 'object',
      properties: {
        clone_prefix: SCHEMAS.prefix,
        flavour: name,
        manage_nodejs: { type: 'boolean' },
        root_password: SCHEMAS.password,
        run_mode: { type: 'string', enum: RUN_MODES },
      },
      required: ['clone_prefix', 'flavour', 'manage_nodejs', 'root_password', 'run_mode'],
      additionalProperties: false,
    },
    parts: {
      type: 'object',
      properties: { plans: { type: 'boolean' }, specs: { type: 'boolean' } },
      required: ['plans', 'specs'],
      additionalProperties: false,
    },
  },
  required: ['images', 'flavours', 'defaults', 'parts'],
  additionalProperties: false,
} as const satisfies SchemaObject;
