import { describe, expect, test } from '@jest/globals';
import { namesOf } from '../../model/names.ts';
import type { TaskDefinition } from '../../model/task.ts';
import { TIMEOUT } from './answer/parameters.ts';
import { TaskError } from './contract/errors.ts';
import type { Host } from './contract/host.ts';
import { perform } from './main.ts';

const DEFINITION: TaskDefinition = {
  name: 'probe',
  description: 'A task.',
  supportsNoop: true,
  parameters: { timeout: TIMEOUT },
};

const HOST = { names: namesOf('my_army'), uid: 0 } as Host;

describe('perform', () => {
  test('passes parameters, noop and the host to the task, and returns its answer', async () => {
    const answer = await perform(
      DEFINITION,
      async (input, { noop, host }) => ({ input, noop, module: host.names.module }),
      '{"timeout":5,"_noop":true}',
      HOST,
    );
    expect(answer).toEqual({ input: { timeout: 5 }, noop: true, module: 'my_army' });
  });

  test('returns a TaskError along with its answer', async () => {
    const failing = async () => {
      throw new TaskError('timeout', 'too late', { pending: ['clone1'] }, { clones: [] });
    };
    expect(await perform(DEFINITION, failing, '{}', HOST)).toEqual({
      clones: [],
      _error: { msg: 'too late', kind: 'my_army/timeout', details: { pending: ['clone1'] } },
    });
  });

  test('returns unexpected errors', async () => {
    const failing = async () => {
      throw new RangeError('out of bounds');
    };
    expect(await perform(DEFINITION, failing, '{}', HOST)).toEqual({
      _error: {
        msg: 'out of bounds',
        kind: 'my_army/unexpected',
        details: { stack: expect.stringContaining('RangeError') },
      },
    });
  });

  test('does not run the task with invalid input or as another user than root', async () => {
    const never = async () => {
      throw new Error('it ran');
    };
    expect(await perform(DEFINITION, never, '{"timeout":0}', HOST)).toMatchObject({
      _error: { kind: 'my_army/bad-input' },
    });
    expect(await perform(DEFINITION, never, '{}', { ...HOST, uid: 1000 })).toMatchObject({
      _error: { kind: 'my_army/not-root', msg: expect.stringContaining('--run-as root') },
    });
  });
});
