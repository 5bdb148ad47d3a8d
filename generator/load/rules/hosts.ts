import { familyOf } from '../../../model/families.ts';
import { entriesOf, itemsOf, type KeyPath } from '../../../validation/key-path.ts';
import type { Rule, RuleInput } from './rule.ts';

const SUPPORT = 'operatingsystem_support';

/** Each host system is listed once. */
export const uniqueHosts: Rule = ({ metadata }) => {
  const names = itemsOf(metadata.at([SUPPORT])).map((_, i) => metadata.at([SUPPORT, i, 'operatingsystem']));
  return names.flatMap((name, i) =>
    name === undefined || names.indexOf(name) === i
      ? []
      : [
          metadata.problem(
            [SUPPORT, i, 'operatingsystem'],
            'is already in the list; merge the releases into one entry',
          ),
        ],
  );
};

/** Each release of each host system has Hiera data. Without it, the class does not know its packages. */
export const hostData: Rule = (input) =>
  releasesOf(input).flatMap(({ os, release, path }) => {
    const family = familyOf(os);
    const files = [`os/${os}`, ...(family === undefined ? [] : [`family/${family}`])].map(
      (folder) => `data/${folder}/${release}.yaml`,
    );
    if (files.some((file) => input.templates.has(file))) return [];
    const list = files.map((file) => `module-template/${file}`).join(' or ');
    return [input.metadata.problem(path, `has no Hiera data; create ${list}`)];
  });

/** Each release of each host system has an image named after it: the default image on such a host. */
export const hostImages: Rule = (input) => {
  const { metadata, module } = input;
  const images = new Map(entriesOf(module.at(['images'])));
  if (images.size === 0) return [];
  return releasesOf(input).flatMap(({ os, release, path }) => {
    const name = `${os.toLowerCase()}-${release}`;
    if (!images.has(name)) {
      return [metadata.problem(path, `has no image; add "${name}" to images in ${module.file}`)];
    }
    return Object.entries({ os, release }).flatMap(([key, value]) => {
      const found = module.at(['images', name, key]);
      if (typeof found !== 'string' || found === value) return [];
      return [
        module.problem(
          ['images', name, key],
          `must be "${value}", because ${os} ${release} hosts use the image of this name by default`,
        ),
      ];
    });
  });
};

function releasesOf({ metadata }: RuleInput): { os: string; release: string; path: KeyPath }[] {
  return itemsOf(metadata.at([SUPPORT])).flatMap((_, i) => {
    const os = metadata.at([SUPPORT, i, 'operatingsystem']);
    const releases = [SUPPORT, i, 'operatingsystemrelease'];
    return itemsOf(metadata.at(releases)).flatMap((release, j) =>
      typeof os === 'string' && typeof release === 'string' ? [{ os, release, path: [...releases, j] }] : [],
    );
  });
}
