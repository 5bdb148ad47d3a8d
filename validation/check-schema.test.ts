import { describe, expect, test } from '@jest/globals';
import { checkSchema } from './check-schema.ts';
import { parseFile } from './parsed-file.ts';
import { formatProblem } from './problem.ts';

const SCHEMA = {
  type: 'object',
  properties: {
    release: { type: 'string', description: 'such as "12"', pattern: '^[0-9]+$' },
    length: { type: 'string', description: 'such as 30m', pattern: '^[0-9]+m$' },
    shapes: {
      type: 'array',
      items: {
        type: 'object',
        discriminator: { propertyName: 'kind' },
        oneOf: [
          {
            properties: { kind: { const: 'circle' }, radius: { type: 'number' } },
            required: ['kind', 'radius'],
          },
          {
            properties: { kind: { const: 'square' }, side: { type: 'number' } },
            required: ['kind', 'side'],
            additionalProperties: false,
          },
        ],
      },
    },
  },
  additionalProperties: false,
};

describe('checkSchema', () => {
  test.each([
    [
      'relase: "12"',
      '1:1: relase: is not a known key; known keys are release, length, shapes; did you mean "release"?',
    ],
    ['release: 12', '1:10: release: 12 is not of type string; put it in quotes'],
    ['release: 1.2', '1:10: release: 1.2 is not of type string (such as "12")'],
    ['length: 30', '1:9: length: 30 is not of type string (such as 30m)'],
    ['length: 30h', '1:9: length: "30h" does not match ^[0-9]+m$ (such as 30m)'],
    [
      'shapes: [{ kind: cirle }]',
      '1:18: shapes[0].kind: "cirle" is not among circle, square; did you mean "circle"?',
    ],
    ['shapes: [{ kind: 7 }]', '1:18: shapes[0].kind: 7 is not among circle, square'],
    ['shapes: [{ radius: 7 }]', '1:10: shapes[0].kind: is missing; it is one of circle, square'],
    ['shapes: [{ kind: circle }]', '1:10: shapes[0].radius: is missing'],
    [
      'shapes: [{ kind: square, side: 1, sde: 1 }]',
      '1:35: shapes[0].sde: is not a known key; known keys are kind, side; did you mean "side"?',
    ],
  ])('%s', (text, want) => {
    const problems = checkSchema(parseFile('a.yaml', text), SCHEMA);
    expect(problems.map(formatProblem)).toEqual([`a.yaml:${want}`]);
  });

  test('accepts what the schema does', () => {
    const text = 'release: "12"\nshapes: [{ kind: circle, radius: 1 }, { kind: square, side: 2 }]';
    expect(checkSchema(parseFile('a.yaml', text), SCHEMA)).toEqual([]);
  });
});
