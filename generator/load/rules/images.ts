import { notAmong } from '../check-schema.ts';
import { entriesOf } from '../path.ts';
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
