import type { Schema } from '../../model/schema.ts';
import { puppetRegexp } from './puppet-regexp.ts';

/** For each JSON Schema type: the keywords that have a Puppet equivalent, and a function that writes the Puppet type. */
const TYPES = {
  string: { keywords: ['pattern', 'enum', 'minLength', 'maxLength'], write: stringType },
  integer: {
    keywords: ['minimum', 'maximum'],
    write: ({ minimum, maximum }: Schema) => range('Integer', minimum, maximum),
  },
  number: {
    keywords: ['minimum', 'maximum'],
    write: ({ minimum, maximum }: Schema) =>
      `Variant[${range('Integer', minimum, maximum)}, ${range('Float', minimum, maximum)}]`,
  },
  boolean: { keywords: [], write: () => 'Boolean' },
  array: { keywords: ['items', 'minItems'], write: arrayType },
  object: {
    keywords: ['properties', 'required', 'propertyNames', 'additionalProperties'],
    write: objectType,
  },
} satisfies Record<NonNullable<Schema['type']>, { keywords: string[]; write(schema: Schema): string }>;

/**
 * The Puppet data type that accepts the same values as the schema.
 *
 * @throws Error if the schema has a keyword without a Puppet equivalent, because a constraint must not be lost
 */
export function puppetType(schema: Schema): string {
  if (schema.anyOf) {
    rejectOtherKeywords(schema, ['anyOf'], 'with "anyOf"');
    return `Variant[${schema.anyOf.map(puppetType).join(', ')}]`;
  }
  const known = schema.type === undefined ? undefined : TYPES[schema.type];
  if (!known) {
    throw new Error(
      `A schema needs "anyOf" or one of these values of "type": ${Object.keys(TYPES).join(', ')}. Found ${JSON.stringify(schema)}`,
    );
  }
  rejectOtherKeywords(schema, ['type', ...known.keywords], `of type "${schema.type}"`);
  return known.write(schema);
}

function stringType({ pattern, enum: values, minLength, maxLength }: Schema): string {
  if (values) {
    if (pattern !== undefined || minLength !== undefined || maxLength !== undefined) {
      throw new Error(
        `"enum" cannot be combined with other keywords of a string; remove them next to ${JSON.stringify(values)}`,
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
    if (propertyNames)
      throw new Error('"propertyNames" has no Puppet equivalent in combination with "properties"');
    if (additionalProperties !== false) {
      throw new Error(
        'A Puppet Struct allows no other keys: add "additionalProperties: false" to "properties"',
      );
    }
    const members = Object.entries(properties).map(([name, schema]) => {
      const key = required.includes(name) ? quote(name) : `Optional[${quote(name)}]`;
      return `${key} => ${puppetType(schema)}`;
    });
    return `Struct[{ ${members.join(', ')} }]`;
  }
  if (required.length > 0) throw new Error('"required" has no Puppet equivalent without "properties"');
  if (!additionalProperties)
    throw new Error('A schema of type "object" needs "properties" or "additionalProperties"');
  const value = additionalProperties === true ? 'Any' : puppetType(additionalProperties);
  return `Hash[${propertyNames ? puppetType(propertyNames) : 'String'}, ${value}]`;
}

function range(type: string, from?: number, to?: number): string {
  if (from === undefined && to === undefined) return type;
  return to === undefined ? `${type}[${from}]` : `${type}[${from ?? 'default'}, ${to}]`;
}

function quote(text: string): string {
  return `'${text.replaceAll(/[\\']/g, '\\$&')}'`;
}

function rejectOtherKeywords(schema: Schema, keywords: readonly string[], where: string): void {
  for (const keyword of Object.keys(schema)) {
    if (keyword === 'description' || keywords.includes(keyword)) continue;
    throw new Error(`"${keyword}" has no Puppet equivalent in a schema ${where}`);
  }
}
