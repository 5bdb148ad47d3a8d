import * as fs from 'node:fs';
import * as path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Reduced } from '../../model/load/reduced.ts';
import { TaskError } from '../../tasks/lib/contract/errors.ts';

const SUFFIX = '.json.gz';

/** The content of `reduced.json.gz`. */
export function packPart(reduced: Reduced): Buffer {
  return gzipSync(JSON.stringify(reduced));
}

/**
 * Reads all `*.json.gz` in a folder and in those below it.
 *
 * @throws TaskError `bad-input` if a file is not the part of a host
 */
export function readParts(folder: string): Reduced[] {
  return filesBelow(folder)
    .filter((file) => file.endsWith(SUFFIX))
    .map(readPart);
}

function filesBelow(folder: string): string[] {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) return filesBelow(file);
      return entry.isFile() ? [file] : [];
    });
}

function readPart(file: string): Reduced {
  try {
    const part = JSON.parse(gunzipSync(fs.readFileSync(file)).toString());
    if (part.version === 1 && Array.isArray(part.windows)) return part;
  } catch {
    // Neither is an error of the system: the file was cut off, or is none of ours.
  }
  throw new TaskError(
    'bad-input',
    `${file} is damaged or not the part of a load host: remove it, or collect it again`,
  );
}
