import type { Flavour } from '../../../model/flavour.ts';
import { notAmong } from '../check-schema.ts';
import { entriesOf, itemsOf } from '../path.ts';
import { type Input, type Rule, scriptsIn } from './rule.ts';

/** Each flavour's script is there. */
export const flavourScripts: Rule = (input) => {
  const scripts = scriptsIn(input, 'files/flavours');
  return entriesOf(input.module.at(['flavours'])).flatMap(([name]) => {
    const path = ['flavours', name, 'script'];
    const script = input.module.at(path);
    if (typeof script !== 'string' || scripts.includes(script)) return [];
    return [notAmong(input.module, path, scripts, ', the scripts in module-template/files/flavours')];
  });
};

/** A flavour from a vendor says for each of its families where the vendor's packages are. */
export const vendorPackages: Rule = (input) =>
  flavoursOf(input)
    .filter(([, flavour]) => flavour.release_package !== undefined)
    .flatMap(([name, { families }]) => {
      const wanted = itemsOf(families).flatMap((family) => [
        ['repository', String(family)],
        ['release_package', String(family)],
      ]);
      return [['package'], ['version'], ...wanted]
        .map((key) => ['flavours', name, ...key])
        .filter((path) => input.module.at(path) === undefined)
        .map((path) => input.module.problem(path, 'is missing beside release_package', { of: 'key' }));
    });

function flavoursOf({ module }: Input): [string, Partial<Flavour>][] {
  return entriesOf(module.at(['flavours'])).filter(([, flavour]) => entriesOf(flavour).length > 0) as [
    string,
    Partial<Flavour>,
  ][];
}
