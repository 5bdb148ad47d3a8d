import { familyOf } from '../../../model/families.ts';
import { entriesOf, itemsOf, type Path } from '../path.ts';
import type { Input, Rule } from './rule.ts';

const SUPPORT = 'operatingsystem_support';

/** Each system that hosts may run stands in the list once. */
export const hostsOnce: Rule = ({ metadata }) => {
  const names = itemsOf(metadata.at([SUPPORT])).map((_, i) => metadata.at([SUPPORT, i, 'operatingsystem']));
  return names.flatMap((name, i) =>
    name === undefined || names.indexOf(name) === i
      ? []
      : [
          metadata.problem(
            [SUPPORT, i, 'operatingsystem'],
            'stands in the list already; put its releases together',
          ),
        ],
  );
};

/** Each system that hosts may run has Hiera data, without which the class cannot know its packages. */
export const hostData: Rule = (input) =>
  releasesOf(input).flatMap(({ os, release, path }) => {
    const family = familyOf(os);
    const files = [`os/${os}`, ...(family === undefined ? [] : [`family/${family}`])].map(
      (folder) => `data/${folder}/${release}.yaml`,
    );
    if (files.some((file) => input.templates.has(file))) return [];
    const list = files.map((file) => `module-template/${file}`).join(' or ');
    return [input.metadata.problem(path, `has no data: there is no ${list}`)];
  });

/** Each system that hosts may run is in an image of its name, which is the default image of such a host. */
export const hostImages: Rule = (input) => {
  const { metadata, module } = input;
  const images = new Map(entriesOf(module.at(['images'])));
  if (images.size === 0) return [];
  return releasesOf(input).flatMap(({ os, release, path }) => {
    const name = `${os.toLowerCase()}-${release}`;
    if (!images.has(name)) {
      return [metadata.problem(path, `has no image of its own: add "${name}" to images in ${module.file}`)];
    }
    const wanted = { os, release };
    return Object.entries(wanted).flatMap(([key, value]) => {
      const found = module.at(['images', name, key]);
      if (typeof found !== 'string' || found === value) return [];
      return [
        module.problem(
          ['images', name, key],
          `is not "${value}", which hosts take an image of this name for`,
        ),
      ];
    });
  });
};

function releasesOf({ metadata }: Input): { os: string; release: string; path: Path }[] {
  return itemsOf(metadata.at([SUPPORT])).flatMap((_, i) => {
    const os = metadata.at([SUPPORT, i, 'operatingsystem']);
    const releases = [SUPPORT, i, 'operatingsystemrelease'];
    return itemsOf(metadata.at(releases)).flatMap((release, j) =>
      typeof os === 'string' && typeof release === 'string' ? [{ os, release, path: [...releases, j] }] : [],
    );
  });
}
