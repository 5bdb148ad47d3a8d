import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { createInterface } from 'node:readline';
import { type SessionOptions, sessionScript } from '../driver/session-script.ts';

/** A session's script, which runs in a folder that stands for the clone. */
export class Session {
  private readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'session-'));
  private child: ChildProcessWithoutNullStreams | undefined;
  private lines: AsyncIterator<string> | undefined;

  constructor() {
    for (const name of ['run', 'bin', 'facts', 'ssl/certs']) {
      fs.mkdirSync(this.file(name), { recursive: true });
    }
    this.standIn('systemctl', 'exit 3');
  }

  file(name: string): string {
    return path.join(this.folder, name);
  }

  read(name: string): string {
    return fs.readFileSync(this.file(name), 'utf8');
  }

  list(name: string): string[] {
    return fs.readdirSync(this.file(name)).sort();
  }

  /** Replaces a command in the clone. Its calls are appended to the file `calls`. */
  standIn(command: string, script: string): void {
    const text = `#!/bin/sh\necho "${command} $*" >> ${this.file('calls')}\n${script}\n`;
    fs.writeFileSync(this.file(`bin/${command}`), text, { mode: 0o755 });
  }

  /** Starts the script, and waits until it is ready. */
  async start(options: Partial<SessionOptions> = {}): Promise<void> {
    const script = sessionScript({
      summary: this.file('summary.yaml'),
      ssldir: this.file('ssl'),
      options: [],
      timeout: 20,
      facts: null,
      seed: 42,
      firstRun: 1,
      ...options,
    })
      .replace(/\/run\/puppet/g, `${this.folder}/run/puppet`)
      .replace(/\/etc\/facter\/facts\.d/g, `${this.folder}/facts`)
      .replace(/\/usr\/share\/puppet-clone-army/g, `${this.folder}/share`)
      .replace(/^PATH=/m, `PATH=${this.folder}/bin:`);
    this.child = spawn('/bin/sh', ['-c', script]);
    this.lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
    await this.until('ready');
  }

  /** Runs the agent. Returns what the script prints about the run. */
  async run(line: string): Promise<string[]> {
    this.child?.stdin.write(`${line}\n`);
    return this.until('end');
  }

  /** Ends the script's input and waits for its end. */
  async end(): Promise<void> {
    this.child?.stdin.end();
    if (this.child) await once(this.child, 'close');
  }

  /** Ends the script as systemd does, and waits for its end. */
  async terminate(): Promise<void> {
    this.child?.kill('SIGTERM');
    if (this.child) await once(this.child, 'close');
  }

  remove(): void {
    this.child?.kill('SIGKILL');
    fs.rmSync(this.folder, { recursive: true });
  }

  private async until(last: string): Promise<string[]> {
    const all: string[] = [];
    for (;;) {
      const { value, done } = (await this.lines?.next()) ?? { value: undefined, done: true };
      if (done || value === last) return all;
      all.push(value);
    }
  }
}
