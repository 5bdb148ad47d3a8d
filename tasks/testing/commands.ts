import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

/** Replaces commands in this process's PATH by shell scripts. */
export class Commands {
  private readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'commands-'));
  private readonly path = process.env.PATH;

  constructor() {
    process.env.PATH = `${this.folder}:${this.path}`;
  }

  /** Replaces a command by a script, and records the command's arguments. */
  replace(command: string, script: string): void {
    const lines = ['#!/bin/sh', `printf '%s\\n' "$@" > ${this.file('arguments')}`, script];
    fs.writeFileSync(this.file(command), lines.join('\n'), { mode: 0o755 });
  }

  /** Arguments of the last call of a replaced command; null if there was none. */
  lastArguments(): string[] | null {
    const file = this.file('arguments');
    return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim().split('\n') : null;
  }

  file(name: string): string {
    return path.join(this.folder, name);
  }

  /** Removes all commands from PATH. */
  clear(): void {
    process.env.PATH = '/nowhere';
  }

  remove(): void {
    process.env.PATH = this.path;
    fs.rmSync(this.folder, { recursive: true });
  }
}
