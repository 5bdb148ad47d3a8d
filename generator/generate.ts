import type { Model } from '../model/model.ts';
import { emit } from './emit/emit.ts';
import type { EmittedFile } from './emit/file.ts';
import { type Inputs, load } from './load/load.ts';

/** A generated module in memory. */
export interface Generated {
  readonly model: Model;
  readonly files: readonly EmittedFile[];
}

/**
 * Generates a module in memory from `module.yaml`, `metadata.json`, the templates and the tasks.
 *
 * @throws ProblemsError if any of them is invalid
 */
export async function generate(inputs: Inputs): Promise<Generated> {
  const project = await load(inputs);
  return { model: project.model, files: emit(project) };
}
