import { describe, expect, test } from '@jest/globals';
import type { Schema } from '../../../model/schema.ts';
import { describeSchema } from './schema.ts';

describe('describeSchema', () => {
  test.each<[Schema, string]>([
    [{ type: 'string' }, 'a string'],
    [{ type: 'string', minLength: 1 }, 'a non-empty string'],
    [{ type: 'string', pattern: '^a+$' }, 'a string that matches ^a+$'],
    [{ type: 'string', enum: ['a', 'b'] }, 'one of a, b'],
    [{ type: 'integer' }, 'an integer'],
    [{ type: 'integer', minimum: 1 }, 'an integer of at least 1'],
    [{ type: 'integer', maximum: 9 }, 'an integer of at most 9'],
    [{ type: 'integer', minimum: 1, maximum: 9 }, 'an integer from 1 to 9'],
    [{ type: 'number', minimum: 0 }, 'a number of at least 0'],
    [{ type: 'boolean' }, 'true or false'],
    [{ type: 'array', items: { type: 'string' } }, 'an array of items, each a string'],
    [{ type: 'object', additionalProperties: true }, 'an object'],
    [{ anyOf: [{ type: 'boolean' }, { type: 'string' }] }, 'true or false or a string'],
  ])('%j', (schema, words) => {
    expect(describeSchema(schema)).toBe(words);
  });
});
