import { familyOf } from '../../../model/families.ts';
import { notAmong } from '../check-schema.ts';
import { entriesOf, itemsOf } from '../path.ts';
import { type Rule, scriptsIn } from './rule.ts';

/** Each image's bootstrapper has a script. */
export const bootstrapScripts: Rule = (input) => {
  const scripts = scriptsIn(input, 'files/bootstrap');
  return entriesOf(input.module.at(['images'])).flatMap(([name]) => {
    const path = ['images', name, 'bootstrapper'];
    const value = input.module.at(path);
    if (typeof value !== 'string' || scripts.includes(value)) return [];
    return [notAmong(input.module, path, scripts, ', the scripts in module-template/files/bootstrap')];
  });
};

/** Each image is one that there are agents for. */
export const imageFlavours: Rule = ({ module }) => {
  const flavours = entriesOf(module.at(['flavours']));
  const families = flavours.flatMap(([name]) => itemsOf(module.at(['flavours', name, 'families'])));
  if (families.length === 0) return [];
  return entriesOf(module.at(['images'])).flatMap(([name]) => {
    const path = ['images', name, 'os'];
    const os = module.at(path);
    if (typeof os !== 'string') return [];
    const family = familyOf(os);
    if (family === undefined) return [module.problem(path, 'is of no family that is known here')];
    return families.includes(family)
      ? []
      : [module.problem(path, `is of the family ${family}, for which no flavour has an agent`)];
  });
};
