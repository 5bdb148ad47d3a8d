import { describe, expect, test } from '@jest/globals';
import type { TaskDefinition } from '../../../model/task.ts';
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
    ['nothing', '', { timeout: 600 }],
    ['an empty object', '{}', { timeout: 600 }],
    ['null, which counts as absent', '{"clones":null,"timeout":null}', { timeout: 600 }],
    ['keys that Bolt adds', '{"_task":"clone_army::probe","_installdir":"/tmp","timeout":5}', { timeout: 5 }],
    ['a list', '{"clones":["clone1"]}', { clones: ['clone1'], timeout: 600 }],
  ])('accepts %s', (_, text, parameters) => {
    expect(readInput(DEFINITION, text)).toEqual({ parameters, noop: false });
  });

  test('honours _noop', () => {
    expect(readInput(DEFINITION, '{"_noop":true}').noop).toBe(true);
  });

  test.each<[string, string, RegExp]>([
    ['text that is no JSON', 'clones=all', /Standard input is no JSON/],
    ['JSON that is no object', '[1]', /Standard input is \[1\], and must be a JSON object/],
    ['an unknown parameter', '{"clone":"clone1"}', /there is no parameter "clone"; did you mean "clones"\?/],
    ['a parameter like no other', '{"wat":1}', /there is no parameter "wat"; there are clones, timeout/],
    ['a name of Object.prototype', '{"constructor":1}', /there is no parameter "constructor"/],
    [
      'a wrong type',
      '{"timeout":"10"}',
      /parameter timeout is "10", and must be a whole number from 1 to 86400/,
    ],
    [
      'a value out of bounds',
      '{"timeout":0}',
      /parameter timeout is 0, and must be a whole number from 1 to 86400/,
    ],
    [
      'an empty string',
      '{"clones":""}',
      /clones is "", and must be a string that is not empty or a list of 1 or more/,
    ],
    ['an empty list', '{"clones":[]}', /clones is \[\], and must be/],
    ['a list of the wrong things', '{"clones":[1]}', /clones is \[1\], and must be/],
  ])('refuses %s', (_, text, message) => {
    expect(() => readInput(DEFINITION, text)).toThrow(
      expect.objectContaining({ reason: 'bad-input', message: expect.stringMatching(message) }),
    );
  });

  test('tells all problems at once', () => {
    expect(() => readInput(DEFINITION, '{"timeout":-1,"colnes":"x"}')).toThrow(
      expect.objectContaining({
        details: { problems: [expect.stringContaining('timeout'), expect.stringContaining('"clones"')] },
      }),
    );
  });

  test('refuses _noop where the task cannot tell what it would change', () => {
    expect(() => readInput({ ...DEFINITION, supportsNoop: false }, '{"_noop":true}')).toThrow(
      /without --noop/,
    );
  });
});
