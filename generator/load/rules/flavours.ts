import { notAmong } from '../check-schema.ts';
import { itemsOf } from '../path.ts';
import { type Rule, scriptsIn } from './rule.ts';

/** The default flavour is one of the module's. */
export const defaultFlavour: Rule = ({ module }) => {
  const path = ['defaults', 'flavour'];
  const flavours = itemsOf(module.at(['flavours']));
  const value = module.at(path);
  if (typeof value !== 'string' || flavours.length === 0 || flavours.includes(value)) return [];
  return [notAmong(module, path, flavours.map(String))];
};

/** Each flavour has a script that puts the agent into an image. */
export const flavourScripts: Rule = (input) => {
  const scripts = scriptsIn(input, 'files/flavours');
  return itemsOf(input.module.at(['flavours'])).flatMap((flavour, i) =>
    typeof flavour !== 'string' || scripts.includes(flavour)
      ? []
      : [notAmong(input.module, ['flavours', i], scripts, ', the scripts in module-template/files/flavours')],
  );
};
