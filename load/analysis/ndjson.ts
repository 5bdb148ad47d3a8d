import { createReadStream, existsSync } from 'node:fs';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';

/** A file with a JSON object in each line, which may have been cut off at any byte. */
export class NdjsonFile<T> implements AsyncIterable<T> {
  /** Lines read so far. */
  lines = 0;
  /** Lines that are no JSON object. */
  damaged = 0;
  /** Whether the last line is one of them, as after a crash. */
  cutOff = false;

  constructor(private readonly file: string) {}

  /** Reads the file line by line. One that does not exist has no lines. */
  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    if (!existsSync(this.file)) return;
    for await (const line of createInterface({ input: createReadStream(this.file), crlfDelay: Infinity })) {
      if (line === '') continue;
      const value = parsed<T>(line);
      this.lines += 1;
      this.cutOff = value === null;
      if (value === null) this.damaged += 1;
      else yield value;
    }
  }

  /** What is wrong with the file as far as it was read: a sentence, or none. */
  problems(): string[] {
    const name = basename(this.file);
    if (this.damaged === 0) return [];
    if (this.damaged === 1 && this.cutOff) return [`The last line of ${name} was cut off and is left out`];
    return [`${this.damaged} of ${this.lines} lines in ${name} are damaged and left out`];
  }
}

function parsed<T>(line: string): T | null {
  try {
    const value = JSON.parse(line);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}
