import { Ajv, type ErrorObject } from 'ajv';
import type { Schema } from '../../../model/schema.ts';

/** The schemas are the tasks' own: to check them each time would take longer than all that is checked by them. */
const ajv = new Ajv({ allErrors: true, meta: false, validateSchema: false });

/** Everything about the value that the schema does not allow; empty where it allows all of it. */
export function violations(schema: Schema, value: unknown): ErrorObject[] {
  const validate = ajv.compile(schema);
  return validate(value) ? [] : (validate.errors ?? []);
}

/** What the schema allows, in words that follow "must be". */
export function allowed(schema: Schema): string {
  if (schema.anyOf) return schema.anyOf.map(allowed).join(' or ');
  if (schema.enum) return `one of ${schema.enum.join(', ')}`;
  switch (schema.type) {
    case 'integer':
      return `a whole number${limits(schema)}`;
    case 'boolean':
      return 'true or false';
    case 'array':
      return `a list${schema.minItems === undefined ? '' : ` of ${schema.minItems} or more`}, each ${allowed(schema.items ?? {})}`;
    case 'string':
      return `${schema.minLength === undefined ? 'a string' : 'a string that is not empty'}${schema.pattern === undefined ? '' : ` that matches ${schema.pattern}`}`;
    default:
      return `a value of type ${schema.type}`;
  }
}

function limits({ minimum, maximum }: Schema): string {
  if (minimum === undefined) return maximum === undefined ? '' : ` up to ${maximum}`;
  return maximum === undefined ? ` from ${minimum}` : ` from ${minimum} to ${maximum}`;
}
