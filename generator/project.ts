import type { Model } from '../model/model.ts';
import type { TaskDefinition } from '../model/task.ts';

/** A file that the module is made of, as it lies in the repository. */
export interface SourceFile {
  /** Path in the module, as long as that has its default name; without `.ejs`. */
  readonly path: string;
  /** Path in the repository, for messages. */
  readonly origin: string;
  readonly content: Buffer;
  readonly executable: boolean;
  /** Whether it is to be rendered. */
  readonly template: boolean;
}

/** A task: what it says of itself, and the program. */
export interface TaskSource {
  readonly name: string;
  readonly definition: TaskDefinition;
  readonly bundle: string;
}

/** Everything that is read before the first file is made, and all that emitters see. */
export interface Project {
  readonly model: Model;
  readonly sources: readonly SourceFile[];
  readonly tasks: readonly TaskSource[];
}
