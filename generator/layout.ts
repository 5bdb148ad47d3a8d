import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the files are from which modules are made. */
export interface Layout {
  /** Problems and bundles name files relative to this. */
  readonly root: string;
  readonly templates: string;
  readonly plans: string;
  readonly spec: string;
  readonly tasks: string;
}

/** The folders of a checkout; by default the one that this generator is part of, wherever it is started from. */
export function layoutOf(root = fileURLToPath(new URL('..', import.meta.url))): Layout {
  return {
    root,
    templates: join(root, 'module-template'),
    plans: join(root, 'plans'),
    spec: join(root, 'spec'),
    tasks: join(root, 'tasks'),
  };
}
