import { itemsOf } from '../../../validation/key-path.ts';
import type { Rule } from './rule.ts';

/** Keywords, type names and setting names of Puppet, which are not allowed as module names. */
const RESERVED = new Set(
  `and any application array attr binary boolean case class collection component consumes data default define
  deferred else elsif enum environment error facts false float function hash if import in inherits init integer iterable
  iterator main node notundef numeric object optional or pattern plan private produces regexp resource runtime scalar
  semver sensitive settings site string struct timespan timestamp true trusted tuple type undef unless variant`.split(
    /\s+/,
  ),
);

/** Operating systems, which the Forge rejects as tags because it has a field for them. */
const SYSTEMS = new Set(
  `aix almalinux alpine amazon archlinux centos darwin debian fedora freebsd gentoo linux macos openbsd oraclelinux osx
  redhat rhel rocky scientific sles solaris ubuntu windows`.split(/\s+/),
);

/** Puppet does not reserve the module's name. */
export const unreservedName: Rule = ({ metadata }) => {
  const name = String(metadata.at(['name']));
  const module = name.slice(name.indexOf('-') + 1);
  return RESERVED.has(module)
    ? [
        metadata.problem(
          ['name'],
          `contains the module name "${module}", which Puppet reserves; choose another`,
        ),
      ]
    : [];
};

/** Version requirements have an upper bound, because nobody can vouch for future versions. */
export const boundedVersions: Rule = ({ metadata }) =>
  ['dependencies', 'requirements'].flatMap((list) =>
    itemsOf(metadata.at([list])).flatMap((_, i) => {
      const path = [list, i, 'version_requirement'];
      const value = metadata.at(path);
      // A single version, "1.x" and "~1.2" are bounded.
      if (typeof value !== 'string' || /<|^\s*[=~]?\s*\d/.test(value)) return [];
      return [metadata.problem(path, 'has no upper bound; use a range such as ">= 1.0.0 < 2.0.0"')];
    }),
  );

/** No tag is the name of an operating system. */
export const noSystemTags: Rule = ({ metadata }) => {
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
        'is the name of an operating system; the Forge expects it in operatingsystem_support',
      ),
    ];
  });
};
