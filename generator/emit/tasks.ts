import type { Model } from '../../model/model.ts';
import type { Parameter, TaskDefinition } from '../../model/task.ts';
import type { TaskSource } from '../project.ts';
import type { EmittedFile } from './file.ts';
import { puppetType } from './puppet-type.ts';
import { rename } from './rename.ts';

/** The program and the Bolt metadata of each task. */
export function emitTasks({ names }: Model, tasks: readonly TaskSource[]): EmittedFile[] {
  return tasks.flatMap(({ name, definition, bundle }): EmittedFile[] => [
    { path: `tasks/${name}.js`, content: rename(bundle, names), mode: 0o755 },
    {
      path: `tasks/${name}.json`,
      content: rename(`${JSON.stringify(metadataOf(definition), null, 2)}\n`, names),
      mode: 0o644,
    },
  ]);
}

function metadataOf({ description, private: isPrivate, supportsNoop, parameters }: TaskDefinition): object {
  const entries = Object.entries(parameters).map(([name, parameter]) => {
    const type = puppetType(parameter.schema);
    return [
      name,
      { description: describe(parameter), type: parameter.required ? type : `Optional[${type}]` },
    ];
  });
  return {
    description,
    ...(isPrivate ? { private: true } : {}),
    input_method: 'stdin',
    supports_noop: supportsNoop,
    parameters: Object.fromEntries(entries),
  };
}

/** The description with the default value: task runners do not apply defaults, so Bolt metadata has no field for them. */
export function describe({ description, default: value }: Parameter): string {
  return value === undefined ? description : `${description} Default: ${value}.`;
}
