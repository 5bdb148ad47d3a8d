import { itemsOf } from '../path.ts';
import type { Rule } from './rule.ts';

/** Names that Puppet's language, its types or its settings have taken. */
const RESERVED = new Set(
  `and any application array attr binary boolean case class collection component consumes data default define
  deferred else elsif enum environment error facts false float function hash if import in inherits init integer iterable
  iterator main node notundef numeric object optional or pattern plan private produces regexp resource runtime scalar
  semver sensitive settings site string struct timespan timestamp true trusted tuple type undef unless variant`.split(
    /\s+/,
  ),
);

/** Names that the Forge has fields for, and rejects as tags. */
const SYSTEMS = new Set(
  `aix almalinux alpine amazon archlinux centos darwin debian fedora freebsd gentoo linux macos openbsd oraclelinux osx
  redhat rhel rocky scientific sles solaris ubuntu windows`.split(/\s+/),
);

/** The module's name is one that Puppet lets a module have. */
export const moduleName: Rule = ({ metadata }) => {
  const name = String(metadata.at(['name']));
  const module = name.slice(name.indexOf('-') + 1);
  return RESERVED.has(module)
    ? [metadata.problem(['name'], `calls the module "${module}", a word of Puppet's own`)]
    : [];
};

/** Versions asked for end somewhere: nobody can vouch for those to come. */
export const upperBounds: Rule = ({ metadata }) =>
  ['dependencies', 'requirements'].flatMap((list) =>
    itemsOf(metadata.at([list])).flatMap((_, i) => {
      const path = [list, i, 'version_requirement'];
      const value = metadata.at(path);
      // A single version, "1.x" and "~1.2" end by themselves.
      if (typeof value !== 'string' || /<|^\s*[=~]?\s*\d/.test(value)) return [];
      return [metadata.problem(path, 'has no upper bound; write it like ">= 1.0.0 < 2.0.0"')];
    }),
  );

/** Systems are told by `operatingsystem_support`. */
export const tags: Rule = ({ metadata }) => {
  const support = itemsOf(metadata.at(['operatingsystem_support']));
  const hosts = support.map((_, i) =>
    String(metadata.at(['operatingsystem_support', i, 'operatingsystem'])).toLowerCase(),
  );
  return itemsOf(metadata.at(['tags'])).flatMap((tag, i) => {
    const word = String(tag).toLowerCase();
    if (!SYSTEMS.has(word) && !hosts.includes(word)) return [];
    return [
      metadata.problem(
        ['tags', i],
        'names an operating system, for which the Forge has operatingsystem_support',
      ),
    ];
  });
};
