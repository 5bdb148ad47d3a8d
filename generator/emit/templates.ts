import type { Project } from '../project.ts';
import type { EmittedFile } from './file.ts';
import { rename, renameBytes } from './rename.ts';
import { renderer } from './render.ts';
import { selects } from './select.ts';

/** What people wrote as files: module-template, plans, specs. */
export function emitTemplates(project: Project): EmittedFile[] {
  const { names } = project.model;
  const selected = selects(project.model);
  const render = renderer(project);
  return project.sources
    .filter(({ path }) => selected(path))
    .map(({ path, origin, content, executable, template }) => {
      const renamed = renameBytes(content, names);
      return {
        path: rename(path, names),
        content: template ? render(origin, renamed.toString()) : renamed,
        mode: executable ? 0o755 : 0o644,
      };
    });
}
