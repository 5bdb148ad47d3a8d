import { familyOf } from '../../../model/families.ts';
import { entriesOf, itemsOf } from '../../../validation/key-path.ts';
import type { Rule } from './rule.ts';

/** Each image belongs to an OS family that at least one flavour supports. */
export const imageFlavours: Rule = ({ module }) => {
  const flavours = entriesOf(module.at(['flavours']));
  const families = flavours.flatMap(([name]) => itemsOf(module.at(['flavours', name, 'families'])));
  if (families.length === 0) return [];
  return entriesOf(module.at(['images'])).flatMap(([name]) => {
    const path = ['images', name, 'os'];
    const os = module.at(path);
    if (typeof os !== 'string') return [];
    const family = familyOf(os);
    if (family === undefined) {
      return [module.problem(path, 'belongs to no known OS family; add it to a family in model/families.ts')];
    }
    return families.includes(family)
      ? []
      : [module.problem(path, `belongs to the ${family} family, which no flavour supports`)];
  });
};
