import type { Schema } from '../../model/schema.ts';
import { puppetRegexp } from './pattern.ts';

/** How each type is written, and the keywords that have a Puppet twin there. */
const TYPES = {
  string: { keywords: ['pattern', 'enum', 'minLength', 'maxLength'], write: stringType },
  integer: {
    keywords: ['minimum', 'maximum'],
    write: ({ minimum, maximum }: Schema) => range('Integer', minimum, maximum),
  },
  boolean: { keywords: [], write: () => 'Boolean' },
  array: { keywords: ['items', 'minItems'], write: arrayType },
  object: {
    keywords: ['properties', 'required', 'propertyNames', 'additionalProperties'],
    write: objectType,
  },
} satisfies Record<NonNullable<Schema['type']>, { keywords: string[]; write(schema: Schema): string }>;

/**
 * The Puppet data type that accepts what the schema accepts.
 *
 * @throws Error, if the schema says something that has no Puppet twin: a limit must not get lost on the way
 */
export function puppetType(schema: Schema): string {
  if (schema.anyOf) {
    only(schema, ['anyOf'], 'anyOf');
    return `Variant[${schema.anyOf.map(puppetType).join(', ')}]`;
  }
  const known = schema.type === undefined ? undefined : TYPES[schema.type];
  if (!known) {
    throw new Error(
      `A schema needs "anyOf" or a "type" among ${Object.keys(TYPES).join(', ')}: ${JSON.stringify(schema)}`,
    );
  }
  only(schema, ['type', ...known.keywords], `type "${schema.type}"`);
  return known.write(schema);
}

function stringType({ pattern, enum: values, minLength, maxLength }: Schema): string {
  if (values) {
    if (pattern !== undefined || minLength !== undefined || maxLength !== undefined) {
      throw new Error(
        `"enum" says all about a string; drop the other keywords beside ${JSON.stringify(values)}`,
      );
    }
    return `Enum[${values.map(quote).join(', ')}]`;
  }
  if (pattern !== undefined) return `Pattern[${puppetRegexp(pattern, { min: minLength, max: maxLength })}]`;
  return range('String', minLength, maxLength);
}

function arrayType({ items, minItems }: Schema): string {
  if (!items) throw new Error('A schema of type "array" needs "items"');
  return minItems === undefined ? `Array[${puppetType(items)}]` : `Array[${puppetType(items)}, ${minItems}]`;
}

function objectType({ properties, required = [], propertyNames, additionalProperties }: Schema): string {
  if (properties) {
    if (propertyNames) throw new Error('"propertyNames" has no Puppet twin beside "properties"');
    if (additionalProperties !== false) {
      throw new Error('A Struct is closed: say "additionalProperties: false" beside "properties"');
    }
    const members = Object.entries(properties).map(([name, schema]) => {
      const key = required.includes(name) ? quote(name) : `Optional[${quote(name)}]`;
      return `${key} => ${puppetType(schema)}`;
    });
    return `Struct[{ ${members.join(', ')} }]`;
  }
  if (required.length > 0) throw new Error('"required" has no Puppet twin without "properties"');
  if (!additionalProperties)
    throw new Error('A schema of type "object" needs "properties" or a schema in "additionalProperties"');
  return `Hash[${propertyNames ? puppetType(propertyNames) : 'String'}, ${puppetType(additionalProperties)}]`;
}

function range(type: string, from?: number, to?: number): string {
  if (from === undefined && to === undefined) return type;
  return to === undefined ? `${type}[${from}]` : `${type}[${from ?? 'default'}, ${to}]`;
}

function quote(text: string): string {
  return `'${text.replaceAll(/[\\']/g, '\\$&')}'`;
}

function only(schema: Schema, keywords: readonly string[], where: string): void {
  for (const keyword of Object.keys(schema)) {
    if (keyword === 'description' || keywords.includes(keyword)) continue;
    throw new Error(`"${keyword}" has no Puppet twin in a schema with ${where}`);
  }
}
