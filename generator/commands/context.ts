import type { Layout } from '../layout.ts';

/** The environment of a command. Tests supply their own. */
export interface Context {
  readonly layout: Layout;
  /** Working directory. Paths in options and in messages are relative to it. */
  readonly cwd: string;
  stdout(text: string): void;
  stderr(text: string): void;
}

/** Options that all commands share. */
export interface CommonOptions {
  readonly config: string;
  readonly metadata: string;
  readonly json?: boolean;
}
