import type { Layout } from '../layout.ts';

/** The world around a command, so that tests can be one. */
export interface Context {
  readonly layout: Layout;
  /** Paths in options are relative to it, and so are those in messages. */
  readonly cwd: string;
  stdout(text: string): void;
  stderr(text: string): void;
}

/** Options of every command. */
export interface CommonOptions {
  readonly config: string;
  readonly metadata: string;
  readonly json?: boolean;
}
