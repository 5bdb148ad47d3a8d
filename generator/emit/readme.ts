import { familyOf } from '../../model/families.ts';
import { ProblemsError } from '../problem.ts';
import type { Project } from '../project.ts';
import { parts } from './markdown.ts';

/** A part of README.md between two marks, which a page does not show. */
const PART = /(<!-- begin ([a-z]+) -->\n)(.*?)(<!-- end \2 -->\n)/gs;

/**
 * Turns the repository's README into the module's: the parts on the project are left out, and the parts that say what the
 * module is for and can do are what the model says. So there is one text to keep.
 *
 * @throws ProblemsError, if a part has a name that means nothing
 */
export function moduleReadme(text: string, project: Project): string {
  const kept = textParts(project);
  return replaceParts(text, project, ({ name, said, old }) => said ?? (kept[name] ? old : ''));
}

/**
 * The repository's own README with the parts that the model has a say in written anew.
 *
 * @param more - further parts, by name
 */
export function repositoryReadme(
  text: string,
  project: Project,
  more: Readonly<Record<string, string>> = {},
): string {
  return replaceParts(text, project, ({ said, begin, old, end }) => `${begin}${said ?? old}${end}`, more);
}

/** Parts that are text, and whether the module's page has them. */
function textParts({ model }: Project): Record<string, boolean> {
  const hosts = model.metadata.operatingsystem_support;
  return {
    project: false,
    measured: true,
    redhat: hosts.some((os) => familyOf(os.operatingsystem) === 'RedHat'),
  };
}

interface Part {
  readonly name: string;
  /** What the model says in place of the old text, where it has a say. */
  readonly said: string | undefined;
  readonly begin: string;
  readonly old: string;
  readonly end: string;
}

function replaceParts(
  text: string,
  project: Project,
  write: (part: Part) => string,
  more: Readonly<Record<string, string>> = {},
): string {
  const said: Record<string, string> = { ...parts(project), ...more };
  const names = [...Object.keys(textParts(project)), ...Object.keys(said)];
  return text.replace(PART, (_, begin: string, name: string, old: string, end: string) => {
    if (!names.includes(name)) {
      const message = `marks a part "${name}"; parts are ${names.join(', ')}`;
      throw new ProblemsError([{ file: 'README.md', message }]);
    }
    return write({ name, said: said[name] === undefined ? undefined : `${said[name]}\n`, begin, old, end });
  });
}
