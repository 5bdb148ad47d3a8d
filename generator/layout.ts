import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folders with the sources of a module, as absolute paths. */
export interface Layout {
  /** Root of the checkout. Paths in problems and in bundled tasks are relative to it. */
  readonly root: string;
  readonly templates: string;
  readonly plans: string;
  readonly spec: string;
  readonly tasks: string;
}

/**
 * The folders of a checkout.
 *
 * @param root - Default: the checkout that contains this generator, whatever the working directory
 */
export function layoutOf(root = fileURLToPath(new URL('..', import.meta.url))): Layout {
  return {
    root,
    templates: join(root, 'module-template'),
    plans: join(root, 'plans'),
    spec: join(root, 'spec'),
    tasks: join(root, 'tasks'),
  };
}
