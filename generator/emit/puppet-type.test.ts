import { describe, expect, test } from '@jest/globals';
import type { Schema } from '../../model/schema.ts';
import { puppetType } from './puppet-type.ts';

describe('puppetType', () => {
  test.each<{ given: Schema; want: string }>([
    { given: { type: 'string' }, want: 'String' },
    { given: { type: 'string', minLength: 1 }, want: 'String[1]' },
    { given: { type: 'string', maxLength: 9 }, want: 'String[default, 9]' },
    { given: { type: 'string', enum: ['a', "b'c\\d"] }, want: "Enum['a', 'b\\'c\\\\d']" },
    { given: { type: 'string', pattern: '^[a-z]+$' }, want: 'Pattern[/\\A[a-z]+\\z/]' },
    { given: { type: 'string', pattern: '^a$', maxLength: 4 }, want: 'Pattern[/\\A(?=.{0,4}\\z)a\\z/]' },
    { given: { type: 'string', pattern: '^a$', minLength: 2 }, want: 'Pattern[/\\A(?=.{2,}\\z)a\\z/]' },
    { given: { type: 'integer' }, want: 'Integer' },
    { given: { type: 'integer', minimum: 1, maximum: 10_000 }, want: 'Integer[1, 10000]' },
    { given: { type: 'integer', minimum: 0 }, want: 'Integer[0]' },
    { given: { type: 'integer', maximum: 5 }, want: 'Integer[default, 5]' },
    { given: { type: 'number', minimum: 0 }, want: 'Variant[Integer[0], Float[0]]' },
    { given: { type: 'boolean', description: 'Yes or no.' }, want: 'Boolean' },
    { given: { type: 'array', items: { type: 'boolean' } }, want: 'Array[Boolean]' },
    { given: { type: 'array', items: { type: 'boolean' }, minItems: 1 }, want: 'Array[Boolean, 1]' },
    { given: { anyOf: [{ type: 'boolean' }, { type: 'integer' }] }, want: 'Variant[Boolean, Integer]' },
    {
      given: {
        type: 'object',
        properties: { a: { type: 'string' }, b: { type: 'integer' } },
        required: ['a'],
        additionalProperties: false,
      },
      want: "Struct[{ 'a' => String, Optional['b'] => Integer }]",
    },
    {
      given: { type: 'object', additionalProperties: { type: 'integer' } },
      want: 'Hash[String, Integer]',
    },
    { given: { type: 'object', additionalProperties: true }, want: 'Hash[String, Any]' },
    {
      given: {
        type: 'object',
        propertyNames: { type: 'string', enum: ['x'] },
        additionalProperties: { type: 'string' },
      },
      want: "Hash[Enum['x'], String]",
    },
  ])('$want', ({ given, want }) => {
    expect(puppetType(given)).toBe(want);
  });

  test.each<{ given: object; want: string }>([
    { given: { type: 'string', format: 'uri' }, want: '"format"' },
    { given: { type: 'integer', multipleOf: 5 }, want: '"multipleOf"' },
    { given: { type: 'integer', pattern: '^1$' }, want: '"pattern"' },
    { given: { type: 'array', items: { type: 'string', const: 'a' } }, want: '"const"' },
    { given: { anyOf: [{ type: 'string' }], type: 'string' }, want: 'anyOf' },
    { given: { type: 'null' }, want: 'values of "type"' },
    { given: {}, want: 'values of "type"' },
    { given: { type: 'array' }, want: '"items"' },
    { given: { type: 'string', enum: ['a'], maxLength: 3 }, want: '"enum"' },
    { given: { type: 'object', properties: { a: { type: 'string' } } }, want: 'additionalProperties: false' },
    {
      given: { type: 'object', required: ['a'], additionalProperties: { type: 'string' } },
      want: '"required"',
    },
    { given: { type: 'object' }, want: '"properties"' },
    { given: { type: 'string', pattern: 'a$', maxLength: 3 }, want: 'begin with "^"' },
    { given: { type: 'string', pattern: '^a$|^b$', maxLength: 3 }, want: 'alternatives' },
  ])('rejects $given', ({ given, want }) => {
    expect(() => puppetType(given as Schema)).toThrow(want);
  });
});
