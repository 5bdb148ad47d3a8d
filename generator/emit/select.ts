import { familyOf } from '../../model/families.ts';
import type { Model } from '../../model/model.ts';

/** Returns a function that tells whether a source file belongs to this module, by its path. */
export function selects({ images, flavours, metadata, parts }: Model): (path: string) => boolean {
  const scripts = Object.values(flavours).map(({ script }) => script);
  const bootstrappers = Object.values(images).map(({ bootstrapper }) => bootstrapper);
  const hosts = new Map(
    metadata.operatingsystem_support.map((os) => [os.operatingsystem, os.operatingsystemrelease]),
  );

  const members = (family: string | undefined) => [...hosts].filter(([os]) => familyOf(os) === family);

  /** Files that are about one flavour, system or part each, and whether the module has it. Other files always belong. */
  const kinds: readonly [RegExp, (...names: string[]) => boolean][] = [
    [/^files\/flavours\/([^/]+)\.sh$/, (script) => scripts.includes(script)],
    [/^files\/bootstrap\/([^/]+)\.sh$/, (script) => bootstrappers.includes(script as string)],
    [/^data\/os\/([^/]+)\.yaml$/, (os) => hosts.has(os as string)],
    [
      /^data\/os\/([^/]+)\/([^/]+)\.yaml$/,
      (os, release) => hosts.get(os as string)?.includes(release as string) ?? false,
    ],
    [/^data\/family\/([^/]+)\.yaml$/, (family) => members(family).length > 0],
    [
      /^data\/family\/([^/]+)\/([^/]+)\.yaml$/,
      (family, release) => members(family).some(([, releases]) => releases.includes(release as string)),
    ],
    [/^plans\//, () => parts.plans],
    [/^docs\/(load-testing\.md|pictures\/.*)$/, () => parts.plans],
    [/^spec\/plans\//, () => parts.specs && parts.plans],
    [/^spec\//, () => parts.specs],
  ];

  return (path) => {
    for (const [pattern, has] of kinds) {
      const match = pattern.exec(path);
      if (match) return has(...match.slice(1));
    }
    return true;
  };
}
