import type { Model } from '../model/model.ts';
import { emit } from './emit/emit.ts';
import type { EmittedFile } from './emit/file.ts';
import { type Inputs, load } from './load/load.ts';

/** A module in memory. */
export interface Generated {
  readonly model: Model;
  readonly files: readonly EmittedFile[];
}

/**
 * Makes a module of what `module.yaml`, `metadata.json` and the templates say, and writes nothing.
 *
 * @throws ProblemsError, if one of them is wrong
 */
export async function generate(inputs: Inputs): Promise<Generated> {
  const project = await load(inputs);
  return { model: project.model, files: emit(project) };
}
