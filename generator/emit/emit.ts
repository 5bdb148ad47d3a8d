import { compareText, ProblemsError } from '../problem.ts';
import type { Project } from '../project.ts';
import type { EmittedFile } from './file.ts';
import { emitHiera } from './hiera.ts';
import { emitMetadata } from './metadata.ts';
import { emitTasks } from './tasks.ts';
import { emitTemplates } from './templates.ts';
import { emitTypes } from './types.ts';

/** Pure functions of what was read; each knows one kind of file. */
const EMITTERS: Readonly<Record<string, (project: Project) => EmittedFile[]>> = {
  hiera: ({ model }) => emitHiera(model),
  metadata: ({ model }) => emitMetadata(model),
  tasks: ({ model, tasks }) => emitTasks(model, tasks),
  templates: emitTemplates,
  types: ({ model }) => emitTypes(model),
};

/** Every file of the module, in the order of the paths. */
export function emit(project: Project): EmittedFile[] {
  const files = Object.entries(EMITTERS).flatMap(([emitter, run]) =>
    run(project).map((file) => ({ emitter, file })),
  );
  return withoutDuplicates(files).sort((a, b) => compareText(a.path, b.path));
}

/** @throws ProblemsError, if two files have one path, or a file lies where another needs a folder */
export function withoutDuplicates(files: readonly { emitter: string; file: EmittedFile }[]): EmittedFile[] {
  const owners = new Map<string, string>();
  for (const { emitter, file } of files) {
    const other = owners.get(file.path);
    if (other !== undefined) clash(file.path, `comes from two emitters, ${other} and ${emitter}`);
    owners.set(file.path, emitter);
  }
  for (const [path, emitter] of owners) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const folder = path.slice(0, end);
      const other = owners.get(folder);
      if (other !== undefined)
        clash(folder, `is a file from ${other}, and the folder of ${path} from ${emitter}`);
    }
  }
  return files.map(({ file }) => file);
}

function clash(path: string, message: string): never {
  throw new ProblemsError([{ file: path, message, remedy: 'take it out of one or give it another name' }]);
}
