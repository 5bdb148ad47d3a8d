import type { SchemaObject } from 'ajv';
import { FLAVOUR } from '../../model/flavour.ts';
import { RUN_MODES } from '../../model/fleet.ts';
import { IMAGE } from '../../model/image.ts';
import { SCHEMAS } from '../../model/limits.ts';

const flavour = { type: 'string', description: 'name of a flavour', pattern: '^[a-z][a-z0-9_]*$' } as const;

/** Schema of `module.yaml`. `rules/` has the checks that depend on other keys or files. */
export const MODULE_SCHEMA = {
  type: 'object',
  properties: {
    images: { type: 'object', propertyNames: SCHEMAS.name, additionalProperties: IMAGE, minProperties: 1 },
    flavours: { type: 'object', propertyNames: flavour, additionalProperties: FLAVOUR, minProperties: 1 },
    defaults: {
      type: 'object',
      properties: {
        clone_prefix: SCHEMAS.prefix,
        manage_nodejs: { type: 'boolean' },
        root_password: SCHEMAS.password,
        run_mode: { type: 'string', enum: RUN_MODES },
      },
      required: ['clone_prefix', 'manage_nodejs', 'root_password', 'run_mode'],
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
