import { isUtf8 } from 'node:buffer';
import { DEFAULT_MODULE, type Names, namesOf } from '../../model/names.ts';

/** A hyphen, or what systemd-escape(1) makes of it in the names of units that stand for paths. */
const HYPHEN = String.raw`(?<hyphen>-|\\+x2d)`;

const PREFIX = namesOf(DEFAULT_MODULE)
  .prefix.replace('-', HYPHEN)
  .replaceAll(/(?<=\w)-(?=\w)/g, String.raw`\k<hyphen>`);

/** The module's name, `Clone_army` as types begin, and the prefix of units and paths; each as a whole word. */
const TOKEN = new RegExp(
  String.raw`(?<!\w)(?:(?<name>${DEFAULT_MODULE})|(?<type>${capitalize(DEFAULT_MODULE)})|${PREFIX})(?!\w)`,
  'g',
);

/**
 * Turns what was written for the default module into what it is for the module being made.
 *
 * Templates are plain Puppet with a plain name in it, so that people and tools can read, lint and edit them as such.
 * Values of the model never pass through here: a summary that speaks of `clone_army` means that module.
 */
export function rename(text: string, names: Names): string {
  if (names.module === DEFAULT_MODULE) return text;
  return text.replaceAll(TOKEN, (...match) => {
    const { name, type, hyphen } = match.at(-1) as Record<'name' | 'type' | 'hyphen', string | undefined>;
    if (name !== undefined) return names.module;
    if (type !== undefined) return capitalize(names.module);
    return names.prefix.replaceAll('-', hyphen ?? '-');
  });
}

/** {@link rename} for files, of which those that are no text are left alone. */
export function renameBytes(content: Buffer, names: Names): Buffer {
  if (names.module === DEFAULT_MODULE || content.includes(0) || !isUtf8(content)) return content;
  return Buffer.from(rename(content.toString(), names));
}

/** A module's name as the first segment of a type's: `clone_army` → `Clone_army`. */
export function capitalize(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
