/** A file of the module. */
export interface EmittedFile {
  /** Relative to the module's root, with `/`. */
  readonly path: string;
  readonly content: string | Buffer;
  readonly mode: Mode;
}

/** All that a file's mode says is whether it can be run. */
export type Mode = 0o644 | 0o755;

/** Bytes of a file's content. */
export function bytesOf({ content }: EmittedFile): Buffer {
  return typeof content === 'string' ? Buffer.from(content) : content;
}
