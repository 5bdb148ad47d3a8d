import { familyOf } from '../model/families.ts';
import { ProblemsError } from '../problem.ts';
import type { Project } from '../project.ts';
import * as markdown from './markdown.ts';

/** A part of README.md between two marks, which a page does not show. */
const PART = /(<!-- begin ([a-z]+) -->\n)(.*?)(<!-- end \2 -->\n)/gs;

/** A part that the repository's page has and the module's does not. */
const PROJECT = 'project';

/** A part for hosts of the Red Hat family, in modules that know of them. */
const REDHAT = 'redhat';

/**
 * Turns the repository's README into the module's: the parts on the project are left out, and the parts that say what the
 * module is for and can do are what the model says. So there is one text to keep.
 *
 * @throws ProblemsError, if a part has a name that means nothing
 */
export function moduleReadme(text: string, project: Project): string {
  const hosts = project.model.metadata.operatingsystem_support;
  const redhat = hosts.some((os) => familyOf(os.operatingsystem) === 'RedHat');
  return replaceParts(
    text,
    project,
    (name, part, _begin, old) => part ?? (name === REDHAT && redhat ? old : ''),
  );
}

/** The repository's own README with the parts that the model has a say in written anew. */
export function repositoryReadme(text: string, project: Project): string {
  return replaceParts(text, project, (_name, part, begin, old, end) => `${begin}${part ?? old}${end}`);
}

/** @param write - Is given the part's name, what the model says, or nothing for a part that is text, and the three pieces of the old text */
function replaceParts(
  text: string,
  { model, tasks }: Project,
  write: (name: string, part: string | undefined, begin: string, old: string, end: string) => string,
): string {
  const parts: Record<string, string> = {
    hosts: markdown.hosts(model),
    images: markdown.images(model),
    flavours: markdown.flavours(model),
    tasks: markdown.tasks(model, tasks),
  };
  return text.replace(PART, (_, begin: string, name: string, old: string, end: string) => {
    const part = parts[name];
    if (part === undefined && name !== PROJECT && name !== REDHAT) {
      throw new ProblemsError([
        {
          file: 'README.md',
          message: `marks a part "${name}"; parts are ${[PROJECT, REDHAT, ...Object.keys(parts)].join(', ')}`,
        },
      ]);
    }
    return write(name, part === undefined ? undefined : `${part}\n`, begin, old, end);
  });
}
