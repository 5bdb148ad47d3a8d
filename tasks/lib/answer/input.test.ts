import { describe, expect, test } from '@jest/globals';
import type { Parameter, TaskDefinition } from '../../../model/task.ts';
import { readInput } from './input.ts';
import { CLONES, TIMEOUT } from './parameters.ts';

const DEFINITION: TaskDefinition = {
  name: 'probe',
  description: 'A task.',
  supportsNoop: true,
  parameters: { clones: CLONES, timeout: TIMEOUT },
};

describe('readInput', () => {
  test.each<[string, string, object]>([
    ['empty input', '', { timeout: 600 }],
    ['an empty object', '{}', { timeout: 600 }],
    ['null as an omitted parameter', '{"clones":null,"timeout":null}', { timeout: 600 }],
    ['keys that Bolt adds', '{"_task":"clone_army::probe","_installdir":"/tmp","timeout":5}', { timeout: 5 }],
    ['a list', '{"clones":["clone1"]}', { clones: ['clone1'], timeout: 600 }],
  ])('accepts %s', (_, text, parameters) => {
    expect(readInput(DEFINITION, text)).toEqual({ parameters, noop: false });
  });

  test('reads _noop', () => {
    expect(readInput(DEFINITION, '{"_noop":true}').noop).toBe(true);
  });

  test.each<[string, string, RegExp]>([
    ['text that is not JSON', 'clones=all', /Standard input is not valid JSON/],
    ['JSON that is not an object', '[1]', /Standard input is \[1\], but must be a JSON object/],
    ['an unknown parameter', '{"clone":"clone1"}', /unknown parameter "clone" \(did you mean "clones"\?\)/],
    [
      'a parameter without similar names',
      '{"wat":1}',
      /unknown parameter "wat"; valid parameters are clones, timeout/,
    ],
    ['a name of Object.prototype', '{"constructor":1}', /unknown parameter "constructor"/],
    ['a wrong type', '{"timeout":"10"}', /parameter timeout is "10", but must be an integer from 1 to 86400/],
    [
      'a value out of bounds',
      '{"timeout":0}',
      /parameter timeout is 0, but must be an integer from 1 to 86400/,
    ],
    [
      'an empty string',
      '{"clones":""}',
      /clones is "", but must be a non-empty string or an array of 1 or more items, each a non-empty string/,
    ],
    ['an empty list', '{"clones":[]}', /clones is \[\], but must be/],
    ['a list with items of a wrong type', '{"clones":[1]}', /clones is \[1\], but must be/],
  ])('refuses %s', (_, text, message) => {
    expect(() => readInput(DEFINITION, text)).toThrow(
      expect.objectContaining({ reason: 'bad-input', message: expect.stringMatching(message) }),
    );
  });

  test('reports all problems at once', () => {
    expect(() => readInput(DEFINITION, '{"timeout":-1,"colnes":"x"}')).toThrow(
      expect.objectContaining({
        details: { problems: [expect.stringContaining('timeout'), expect.stringContaining('"clones"')] },
      }),
    );
  });

  test('refuses input without a required parameter', () => {
    const plan: Parameter = {
      description: 'Plan of a test.',
      schema: { type: 'object', additionalProperties: true },
      required: true,
    };
    const definition = { ...DEFINITION, parameters: { plan } };
    expect(readInput(definition, '{"plan":{"a":[1]}}').parameters).toEqual({ plan: { a: [1] } });
    expect(() => readInput(definition, '{"plan":null}')).toThrow(/plan is missing: Plan of a test/);
    expect(() => readInput(definition, '{"plan":[]}')).toThrow(/plan is \[\], but must be an object/);
  });

  test('refuses input that is longer than the task may need', () => {
    const long = `{"clones":"${'c'.repeat(1024 * 1024)}"}`;
    expect(() => readInput(DEFINITION, long)).toThrow(/characters; at most 1048576 are accepted/);
    expect(readInput({ ...DEFINITION, inputMax: 2 * long.length }, long).parameters.clones).toHaveLength(
      1024 * 1024,
    );
  });

  test('refuses _noop if the task does not support it', () => {
    expect(() => readInput({ ...DEFINITION, supportsNoop: false }, '{"_noop":true}')).toThrow(
      /without --noop/,
    );
  });
});
