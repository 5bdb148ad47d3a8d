import * as fs from 'node:fs';
import { type Names, overlayOf, resetRequestOf } from '../../model/names.ts';

/** Creates a stand-in for `prepare-clone`, which also resets a clone if that is requested. */
export function prepareBelow(root: string, names: Names): (clone: string) => boolean {
  return (clone) => {
    if (!reset(clone)) return false;
    const etc = `${root}${overlayOf(names, clone)}/etc`;
    fs.mkdirSync(etc, { recursive: true });
    fs.rmSync(`${etc}/machine-id.new`, { force: true });
    fs.writeFileSync(`${etc}/machine-id.new`, '');
    fs.renameSync(`${etc}/machine-id.new`, `${etc}/machine-id`);
    return true;
  };

  function reset(clone: string): boolean {
    const request = root + resetRequestOf(names, clone);
    if (!fs.existsSync(request)) return true;
    if (fs.existsSync(`${root}${overlayOf(names, clone)}/refuses-reset`)) return false;
    const keep = fs.readFileSync(request, 'utf8').trim();
    fs.rmSync(root + overlayOf(names, clone), { recursive: true, force: true });
    if (keep !== '') fs.mkdirSync(root + overlayOf(names, clone) + keep, { recursive: true });
    fs.unlinkSync(request);
    return true;
  }
}
