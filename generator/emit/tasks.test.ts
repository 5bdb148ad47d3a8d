import { describe, expect, test } from '@jest/globals';
import { smallProject } from '../fixtures/small.ts';
import type { TaskSource } from '../project.ts';
import { emitTasks } from './tasks.ts';

describe('emitTasks', () => {
  test('writes the program and its Bolt metadata', async () => {
    const { model, tasks } = await smallProject();
    const [program, metadata, ...others] = emitTasks(model, tasks);
    expect(others).toEqual([]);
    expect(program).toMatchObject({ path: 'tasks/greet.js', mode: 0o755, content: tasks[0]?.bundle });
    expect(metadata).toMatchObject({ path: 'tasks/greet.json', mode: 0o644 });
    expect(JSON.parse(String(metadata?.content))).toEqual({
      description: 'Greets clones, as clone_army::greet does.',
      input_method: 'stdin',
      supports_noop: true,
      parameters: {
        count: { type: 'Optional[Integer[1, 5]]', description: 'Number of clones to greet. Default: 1.' },
        who: { type: "Optional[Enum['all', 'none']]", description: 'Clones to greet | or not.' },
      },
    });
  });

  test('tells Bolt which parameters are required, and which tasks only plans run', async () => {
    const { model, tasks } = await smallProject();
    const definition = {
      name: 'greet',
      description: 'Greets.',
      supportsNoop: false,
      private: true,
      parameters: {
        plan: {
          description: 'A plan.',
          schema: { type: 'object', additionalProperties: true },
          required: true,
        },
      },
    } as const;
    const [, metadata] = emitTasks(model, [{ ...(tasks[0] as TaskSource), definition }]);
    expect(JSON.parse(String(metadata?.content))).toMatchObject({
      private: true,
      parameters: { plan: { type: 'Hash[String, Any]' } },
    });
  });

  test('renames the module in both', async () => {
    const { model, tasks } = await smallProject({ metadata: { name: 'acme-load_herd' } });
    const [program, metadata] = emitTasks(model, tasks).map(({ content }) => String(content));
    expect(program).toMatch(/load_herd on [\s\S]*\/etc\/puppet-load-herd/);
    expect(metadata).toContain('as load_herd::greet does');
    expect(`${program}${metadata}`).not.toMatch(/clone.army/);
  });
});
