import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

/** A folder that comes first in this process's PATH, for stand-ins of commands. */
export class Commands {
  private readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'commands-'));
  private readonly path = process.env.PATH;

  constructor() {
    process.env.PATH = `${this.folder}:${this.path}`;
  }

  /** Puts a shell script in position of a command; what it is asked goes to the file `asked`, a word a line. */
  standIn(command: string, script: string): void {
    const lines = ['#!/bin/sh', `printf '%s\\n' "$@" > ${this.file('asked')}`, script];
    fs.writeFileSync(this.file(command), lines.join('\n'), { mode: 0o755 });
  }

  /** What the stand-in was asked last; null, where it was not. */
  asked(): string[] | null {
    const file = this.file('asked');
    return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim().split('\n') : null;
  }

  file(name: string): string {
    return path.join(this.folder, name);
  }

  /** Leaves no command at all to be found. */
  clear(): void {
    process.env.PATH = '/nowhere';
  }

  remove(): void {
    process.env.PATH = this.path;
    fs.rmSync(this.folder, { recursive: true });
  }
}
