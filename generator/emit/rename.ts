import { isUtf8 } from 'node:buffer';
import { DEFAULT_MODULE, type Names, namesOf } from '../../model/names.ts';

/** A hyphen, as it is or as systemd-escape(1) writes it in unit names derived from paths. */
const HYPHEN = String.raw`(?<hyphen>-|\\+x2d)`;

const PREFIX = namesOf(DEFAULT_MODULE)
  .prefix.replace('-', HYPHEN)
  .replaceAll(/(?<=\w)-(?=\w)/g, String.raw`\k<hyphen>`);

/** The name in a matcher of rspec-puppet, which joins it with underscores: `contain_clone_army__base`. */
const MATCHER = String.raw`(?<=\b(?:contain|create|have)_)(?<matcher>${DEFAULT_MODULE})(?=__)`;

/** The module's name, its capitalized form in type names, and the prefix of units and paths. Matches whole words. */
const TOKEN = new RegExp(
  String.raw`(?<!\w)(?:(?<name>${DEFAULT_MODULE})|(?<type>${capitalize(DEFAULT_MODULE)})|${PREFIX})(?!\w)|${MATCHER}`,
  'g',
);

/**
 * Replaces the default module name, in all its forms, with the names of the module being generated.
 *
 * The templates contain the default name, not a variable, so that they stay plain Puppet code for editors and linters.
 * Values of the model are never renamed: a summary that mentions `clone_army` means that module.
 */
export function rename(text: string, names: Names): string {
  if (names.module === DEFAULT_MODULE) return text;
  return text.replaceAll(TOKEN, (...match) => {
    const groups = match.at(-1) as Record<'name' | 'type' | 'hyphen' | 'matcher', string | undefined>;
    const { name = groups.matcher, type, hyphen } = groups;
    if (name !== undefined) return names.module;
    if (type !== undefined) return capitalize(names.module);
    return names.prefix.replaceAll('-', hyphen ?? '-');
  });
}

/** {@link rename} for file contents. Binary files are returned unchanged. */
export function renameBytes(content: Buffer, names: Names): Buffer {
  if (names.module === DEFAULT_MODULE || content.includes(0) || !isUtf8(content)) return content;
  return Buffer.from(rename(content.toString(), names));
}

/** Capitalizes a name as Puppet type names require: `clone_army` becomes `Clone_army`. */
export function capitalize(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
