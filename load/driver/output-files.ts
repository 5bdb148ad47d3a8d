import * as fs from 'node:fs';

/** Appends objects to a file, a line each. A line is complete as soon as `append` returns, even if the process is killed. */
export class LineFile {
  private readonly fd: number;

  constructor(file: string) {
    this.fd = fs.openSync(file, 'a', 0o600);
  }

  /** @throws Error if the disk is full, after which the last line may be incomplete */
  append(value: object): void {
    const line = Buffer.from(`${JSON.stringify(value)}\n`);
    const written = fs.writeSync(this.fd, line);
    if (written < line.length) throw new Error(`only ${written} of ${line.length} bytes were written`);
  }

  close(): void {
    fs.closeSync(this.fd);
  }
}

/**
 * Writes files to a folder.
 *
 * @param root - Prefix of the folder's path; empty on a real host
 * @returns their paths, without the prefix
 */
export function replaceFiles(
  root: string,
  folder: string,
  contents: Readonly<Record<string, string>>,
): string[] {
  return Object.entries(contents).map(([name, content]) => {
    replaceFile(`${root}${folder}/${name}`, content);
    return `${folder}/${name}`;
  });
}

/**
 * Replaces a file by one with this content, so that readers see either of the two.
 *
 * @param mode - Permissions
 */
export function replaceFile(file: string, content: string | Buffer, mode = 0o600): void {
  fs.writeFileSync(`${file}.new`, content, { mode: 0o600 });
  fs.chmodSync(`${file}.new`, mode);
  fs.renameSync(`${file}.new`, file);
}
