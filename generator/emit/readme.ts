import { ProblemsError } from '../problem.ts';
import type { Project } from '../project.ts';
import * as markdown from './markdown.ts';

/** A part of README.md between two marks, which a page does not show. */
const PART = /<!-- begin ([a-z]+) -->\n(.*?)<!-- end \1 -->\n/gs;

/** Parts that the repository's page has and the module's does not. */
const PROJECT = 'project';

/**
 * Turns the repository's README into the module's: the parts on the project are left out, and the parts that say what the
 * module is for and can do are what the model says. So there is one text to keep.
 *
 * @throws ProblemsError, if a part has a name that means nothing
 */
export function moduleReadme(text: string, { model, tasks }: Project): string {
  const parts: Record<string, string> = {
    hosts: markdown.hosts(model),
    images: markdown.images(model),
    tasks: markdown.tasks(model, tasks),
  };
  return text.replace(PART, (_, name: string) => {
    if (name === PROJECT) return '';
    const part = parts[name];
    if (part === undefined) {
      throw new ProblemsError([
        {
          file: 'README.md',
          message: `marks a part "${name}"; parts are ${[PROJECT, ...Object.keys(parts)].join(', ')}`,
        },
      ]);
    }
    return `${part}\n`;
  });
}

/** The parts of a README that the model has a say in, by name. */
export function partsOf(text: string): Record<string, string> {
  const parts = [...text.matchAll(PART)].map(([, name, part]) => [name, part?.trimEnd()]);
  return Object.fromEntries(parts.filter(([name]) => name !== PROJECT));
}
