import { isUtf8 } from 'node:buffer';
import { createTwoFilesPatch } from 'diff';
import { bytesOf } from '../emit/file.ts';
import type { Change } from './plan.ts';

/** Unified diffs of all files that would change, in the format of `git diff`. */
export function diffOf(changes: readonly Change[]): string {
  return changes
    .filter(({ action }) => action !== 'unchanged')
    .map(diffOfChange)
    .join('');
}

function diffOfChange({ path, before, after }: Change): string {
  const [from, to] = [before ? `a/${path}` : '/dev/null', after ? `b/${path}` : '/dev/null'];
  const [old, new_] = [before?.content ?? Buffer.alloc(0), after ? bytesOf(after) : Buffer.alloc(0)];
  const modes =
    before && after && before.mode !== after.mode
      ? `old mode ${octal(before.mode)}\nnew mode ${octal(after.mode)}\n`
      : '';
  const header = `diff --git a/${path} b/${path}\n${modes}`;

  if (old.equals(new_)) return header;
  if (![old, new_].every(isText)) return `${header}Binary files ${from} and ${to} differ\n`;
  const patch = createTwoFilesPatch(from, to, old.toString(), new_.toString(), undefined, undefined, {
    context: 3,
  });
  // The library starts with a line of "=" that is not part of the format.
  return header + patch.replace(/^=+\n/, '');
}

function isText(content: Buffer): boolean {
  return isUtf8(content) && !content.includes(0);
}

function octal(mode: number): string {
  return `100${mode.toString(8).padStart(3, '0')}`;
}
