import type { Model } from '../model/model.ts';
import type { TaskDefinition } from '../model/task.ts';

/** A file of the repository that may become part of the module. */
export interface SourceFile {
  /** Path in the module, before the module is renamed and without `.ejs`. */
  readonly path: string;
  /** Path in the repository, used in messages. */
  readonly origin: string;
  readonly content: Buffer;
  readonly executable: boolean;
  /** Whether the file is an EJS template. */
  readonly template: boolean;
}

/** A task: its definition and its program. */
export interface TaskSource {
  readonly name: string;
  readonly definition: TaskDefinition;
  /** The program as one JavaScript file. */
  readonly bundle: string;
}

/** The complete input of the emitters. */
export interface Project {
  readonly model: Model;
  readonly sources: readonly SourceFile[];
  readonly tasks: readonly TaskSource[];
}
