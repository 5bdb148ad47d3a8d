import type { Model } from '../../model/model.ts';
import { puppetType } from './puppet-type.ts';

/** The type whose definition follows from the module's flavours. */
const FLAVOUR = /(?<=name="\w+--Flavour".*?\nAlias of `)[^`]+/s;

/** Turns the reference of the repository's module into that of a module with other flavours. */
export function moduleReference(text: string, { flavours }: Model): string {
  return text.replace(FLAVOUR, () => puppetType({ type: 'string', enum: Object.keys(flavours) }));
}
