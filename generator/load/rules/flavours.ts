import type { Flavour } from '../../../model/flavour.ts';
import { entriesOf, itemsOf } from '../../../validation/key-path.ts';
import type { Rule, RuleInput } from './rule.ts';

/** A flavour from a vendor has package, version and, for each of its OS families, the location of the packages. */
export const vendorPackages: Rule = (input) =>
  flavoursOf(input)
    .filter(([, flavour]) => flavour.release_package !== undefined)
    .flatMap(([name, { families }]) => {
      const perFamily = itemsOf(families).flatMap((family) => [
        ['repository', String(family)],
        ['release_package', String(family)],
      ]);
      return [['package'], ['version'], ...perFamily]
        .map((key) => ['flavours', name, ...key])
        .filter((path) => input.module.at(path) === undefined)
        .map((path) =>
          input.module.problem(path, 'is missing, but required with release_package', { of: 'key' }),
        );
    });

function flavoursOf({ module }: RuleInput): [string, Partial<Flavour>][] {
  return entriesOf(module.at(['flavours'])).filter(([, flavour]) => entriesOf(flavour).length > 0) as [
    string,
    Partial<Flavour>,
  ][];
}
