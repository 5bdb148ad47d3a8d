/** A generated file of the module. */
export interface EmittedFile {
  /** Relative to the module's root, separated by `/`. */
  readonly path: string;
  readonly content: string | Buffer;
  readonly mode: Mode;
}

/** File mode: a regular file or an executable one. */
export type Mode = 0o644 | 0o755;

/** The file's content as bytes. */
export function bytesOf({ content }: EmittedFile): Buffer {
  return typeof content === 'string' ? Buffer.from(content) : content;
}
