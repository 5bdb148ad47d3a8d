import type { Model } from '../../model/model.ts';
import type { Project } from '../project.ts';
import type { EmittedFile } from './file.ts';
import { absoluteLinks, modulePage } from './readme.ts';
import { moduleReference } from './reference.ts';
import { rename, renameBytes } from './rename.ts';
import { renderer } from './render.ts';
import { selects } from './select.ts';

/** What people wrote as files: module-template, documentation, examples, plans, specs. */
export function emitTemplates(project: Project): EmittedFile[] {
  const { model } = project;
  const { names } = model;
  const selected = selects(model);
  const render = renderer(project);
  const contentOf = (text: Buffer, origin: string, template: boolean) => {
    const page = () => modulePage(text.toString(), origin, project);
    // The Forge shows this page alone.
    if (origin === 'README.md') return absoluteLinks(page(), model);
    if (origin === 'REFERENCE.md') return moduleReference(text.toString(), model);
    if (/^(docs|examples)\/.*\.md$/.test(origin)) return page();
    if (origin.startsWith('examples/'))
      return text.toString().replaceAll(/\bclonearmy-(?=\w)/g, `${model.author}-`);
    return template ? render(origin, text.toString()) : text;
  };
  return project.sources
    .filter(({ path, content }) => selected(path) && (!path.startsWith('examples/') || fits(content, model)))
    .map(({ path, origin, content, executable, template }) => {
      const renamed = renameBytes(content, names);
      return {
        path: rename(path, names),
        content: contentOf(renamed, origin, template),
        mode: executable ? 0o755 : 0o644,
      };
    });
}

/** Whether the module has the images and flavours that an example asks for. */
function fits(example: Buffer, { images, flavours }: Model): boolean {
  const known: Record<string, object> = { image: images, flavour: flavours };
  const asked = example.toString().matchAll(/\b(image|flavour)['"]?(?: *=>|:) *['"]?([a-z0-9.-]+)/g);
  return [...asked].every(([, kind = '', name = '']) => Object.hasOwn(known[kind] ?? {}, name));
}
