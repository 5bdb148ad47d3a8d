import type { Project } from '../project.ts';
import type { EmittedFile } from './file.ts';
import { moduleReadme } from './readme.ts';
import { rename, renameBytes } from './rename.ts';
import { renderer } from './render.ts';
import { selects } from './select.ts';

/** What people wrote as files: module-template, plans, specs. */
export function emitTemplates(project: Project): EmittedFile[] {
  const { names } = project.model;
  const selected = selects(project.model);
  const render = renderer(project);
  const contentOf = (text: Buffer, origin: string, template: boolean) => {
    if (origin === 'README.md') return moduleReadme(text.toString(), project);
    return template ? render(origin, text.toString()) : text;
  };
  return project.sources
    .filter(({ path }) => selected(path))
    .map(({ path, origin, content, executable, template }) => {
      const renamed = renameBytes(content, names);
      return {
        path: rename(path, names),
        content: contentOf(renamed, origin, template),
        mode: executable ? 0o755 : 0o644,
      };
    });
}
