import { familiesOf, familyOf } from '../../model/families.ts';
import type { Model } from '../../model/model.ts';
import { ProblemsError } from '../../validation/problem.ts';
import type { Project } from '../project.ts';
import { parts } from './markdown.ts';

/** A part of a page between two marks, which a reader does not see. */
const PART = /(<!-- begin ([a-z]+(?: [a-z]+)*) -->\n)(.*?)(<!-- end \2 -->\n)/gs;

/** A part for those who work on the project; the module does without. */
const PROJECT = 'project';

/** Begins the name of a part that only some modules keep: `with redhat`, `with openvox gem`. */
const WITH = 'with ';

/**
 * Turns a page of the repository into the module's. Parts on the project are left out, and so are parts about what this
 * module does not have. Tables are generated for this module.
 *
 * @param file - path of the page in the repository, for messages
 * @throws ProblemsError, if a part has an unknown name
 */
export function modulePage(text: string, file: string, project: Project): string {
  const features = featuresOf(project.model);
  return replaceParts(text, file, project, ({ name, generated, old }) => {
    if (generated !== undefined) return generated;
    const needs = name === PROJECT ? [PROJECT] : name.slice(WITH.length).split(' ');
    return needs.every((need) => features.has(need)) ? old : '';
  });
}

/** A page of the repository with its generated parts up to date. */
export function repositoryPage(text: string, file: string, project: Project): string {
  return replaceParts(
    text,
    file,
    project,
    ({ generated, begin, old, end }) => `${begin}${generated ?? old}${end}`,
  );
}

/** A link or an image, and its relative address. */
const RELATIVE = /(!?)(\[[^\]]*\])\((?![a-z]+:|#)([^)]+)\)/g;

/** Makes links absolute, for places that show a page without the files around it, such as the Forge. */
export function absoluteLinks(text: string, { metadata }: Model): string {
  const repository = metadata.source.replace(/(\.git)?\/?$/, '');
  return text.replace(RELATIVE, (_, image: string, label: string, path: string) => {
    return `${image}${label}(${repository}/${image ? 'raw' : 'blob'}/v${metadata.version}/${path})`;
  });
}

/** What the parts `with …` ask for: families of hosts and images, flavours, plans. */
function featuresOf({ metadata, images, flavours, parts }: Model): ReadonlySet<string> {
  const hosts = metadata.operatingsystem_support.map((os) => familyOf(os.operatingsystem));
  const families = [...hosts, ...Object.values(familiesOf(images))].map(
    (family) => family?.toLowerCase() ?? '',
  );
  return new Set([...families, ...Object.keys(flavours), ...(parts.plans ? ['plans'] : [])]);
}

interface Part {
  readonly name: string;
  /** The generated text, if the part is a generated one. */
  readonly generated: string | undefined;
  readonly begin: string;
  readonly old: string;
  readonly end: string;
}

function replaceParts(text: string, file: string, project: Project, write: (part: Part) => string): string {
  const generated = new Map<string, string>(Object.entries(parts(project)));
  return text.replace(PART, (_, begin: string, name: string, old: string, end: string) => {
    if (!generated.has(name) && name !== PROJECT && !name.startsWith(WITH)) {
      const known = [PROJECT, `${WITH}<feature>`, ...generated.keys()].join(', ');
      throw new ProblemsError([{ file, message: `marks a part "${name}"; parts are ${known}` }]);
    }
    const content = generated.get(name);
    return write({ name, generated: content === undefined ? undefined : `${content}\n`, begin, old, end });
  });
}
