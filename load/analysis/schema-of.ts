import type { SchemaObject } from 'ajv';

type OptionalKeys<T> = { [K in keyof T]-?: undefined extends T[K] ? K : never }[keyof T];

/**
 * Schema of an object that has the properties of a type, and no other ones. The compiler refuses properties that the type
 * does not have, and those that are missing, so that the schema cannot drift away from the type.
 */
export function objectOf<T>(
  properties: { readonly [K in keyof Required<T>]: SchemaObject },
  ...optional: readonly OptionalKeys<T>[]
): SchemaObject {
  const names = Object.keys(properties);
  const required = names.filter((name) => !(optional as readonly string[]).includes(name));
  return { type: 'object', properties, required, additionalProperties: false };
}

/** Schema of an object with any of these keys. */
export function mapOf(keys: readonly string[] | null, values: SchemaObject): SchemaObject {
  if (keys === null) return { type: 'object', additionalProperties: values };
  const properties = Object.fromEntries(keys.map((key) => [key, values]));
  return { type: 'object', properties, additionalProperties: false };
}

export function arrayOf(items: SchemaObject): SchemaObject {
  return { type: 'array', items };
}

export function nullable(schema: SchemaObject): SchemaObject {
  return { anyOf: [schema, { type: 'null' }] };
}

export const TEXT: SchemaObject = { type: 'string' };
export const NUMBER: SchemaObject = { type: 'number' };
export const COUNT: SchemaObject = { type: 'integer', minimum: 0 };

export function milliseconds(description: string): SchemaObject {
  return { ...NUMBER, description: `${description} Milliseconds.` };
}

export function seconds(description: string): SchemaObject {
  return { ...NUMBER, description: `${description} Seconds.` };
}

/** A number from 0 to 1. */
export const SHARE: SchemaObject = { type: 'number', minimum: 0 };
