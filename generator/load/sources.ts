import { join } from 'node:path';
import type { Layout } from '../layout.ts';
import type { SourceFile } from '../project.ts';
import { readTree, type Tree } from './tree.ts';

/** Folders of spec/ that become part of the module. The others need the rest of the repository. */
const SPECS = ['classes', 'defines', 'fixtures', 'functions', 'plans', 'support', 'type_aliases', 'unit'];

/** Reads every file that may become part of a module: templates, documentation, examples, plans, specs. */
export async function readSources(layout: Layout): Promise<SourceFile[]> {
  const trees: Tree[] = [
    { folder: layout.templates, path: '', origin: 'module-template' },
    { folder: layout.root, path: '', origin: '', only: /^(README\.md|REFERENCE\.md|CHANGELOG\.md|LICENSE)$/ },
    { folder: join(layout.root, 'docs'), path: 'docs', origin: 'docs' },
    { folder: join(layout.root, 'examples'), path: 'examples', origin: 'examples' },
    { folder: layout.plans, path: 'plans', origin: 'plans' },
    { folder: layout.spec, path: 'spec', origin: 'spec', only: /\.rb$/ },
    ...SPECS.map((name) => ({
      folder: join(layout.spec, name),
      path: `spec/${name}`,
      origin: `spec/${name}`,
    })),
  ];
  return (await Promise.all(trees.map(readTree))).flat();
}
