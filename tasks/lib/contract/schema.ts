import { Ajv, type ErrorObject, type SchemaObject } from 'ajv';
import type { Schema } from '../../../model/schema.ts';

/** Does not validate the schemas themselves, because that takes longer than the validation of all values. */
const ajv = new Ajv({ allErrors: true, meta: false, validateSchema: false });

/** Validates a value and returns all violations of the schema. */
export function violations(schema: Schema | SchemaObject, value: unknown): ErrorObject[] {
  const validate = ajv.compile(schema);
  return validate(value) ? [] : (validate.errors ?? []);
}

/** Describes the values that a schema allows, as text that follows "must be". */
export function describeSchema(schema: Schema): string {
  if (schema.anyOf) return schema.anyOf.map(describeSchema).join(' or ');
  if (schema.enum) return `one of ${schema.enum.join(', ')}`;
  switch (schema.type) {
    case 'integer':
      return `an integer${limits(schema)}`;
    case 'number':
      return `a number${limits(schema)}`;
    case 'boolean':
      return 'true or false';
    case 'array':
      return `an array of ${schema.minItems === undefined ? '' : `${schema.minItems} or more `}items, each ${describeSchema(schema.items ?? {})}`;
    case 'object':
      return 'an object';
    case 'string':
      return `${schema.minLength === undefined ? 'a string' : 'a non-empty string'}${schema.pattern === undefined ? '' : ` that matches ${schema.pattern}`}`;
    default:
      return `a value of type ${schema.type}`;
  }
}

function limits({ minimum, maximum }: Schema): string {
  if (minimum === undefined) return maximum === undefined ? '' : ` of at most ${maximum}`;
  return maximum === undefined ? ` of at least ${minimum}` : ` from ${minimum} to ${maximum}`;
}
