import { notAmong } from '../../../validation/check-schema.ts';
import { entriesOf } from '../../../validation/key-path.ts';
import type { Rule, RuleInput } from './rule.ts';

/** The bootstrapper of each image has a script. */
export const bootstrapScripts: Rule = (input) =>
  missingScripts(input, 'images', 'bootstrapper', 'files/bootstrap');

/** The script of each flavour exists. */
export const flavourScripts: Rule = (input) => missingScripts(input, 'flavours', 'script', 'files/flavours');

/** @param folder - Path of the folder with the scripts, in module-template */
function missingScripts(input: RuleInput, map: string, key: string, folder: string) {
  const scripts = scriptsIn(input, folder);
  return entriesOf(input.module.at([map])).flatMap(([name]) => {
    const path = [map, name, key];
    const script = input.module.at(path);
    if (typeof script !== 'string' || scripts.includes(script)) return [];
    return [notAmong(input.module, path, scripts, `scripts in module-template/${folder}`)];
  });
}

function scriptsIn({ templates }: RuleInput, folder: string): string[] {
  const pattern = new RegExp(`^${folder}/([^/]+)\\.sh$`);
  return [...templates].flatMap((path) => pattern.exec(path)?.[1] ?? []);
}
