import type { Names } from '../../../model/names.ts';
import type { Answer } from '../../../model/task.ts';

/** Why a task failed; the second half of the `kind` that plans tell failures apart by. */
export type Reason =
  | 'bad-input'
  | 'bad-range'
  | 'unknown-clone'
  | 'unknown-base'
  | 'no-fleet'
  | 'bad-fleet'
  | 'not-root'
  | 'no-systemd'
  | 'clones-failed'
  | 'timeout'
  | 'unexpected';

/** A failure that the task foresaw: its message says what, where and how to mend it. */
export class TaskError extends Error {
  override readonly name = 'TaskError';

  /**
   * @param answer - what is known in spite of the failure; it is printed beside the error
   */
  constructor(
    readonly reason: Reason,
    message: string,
    readonly details: Answer = {},
    readonly answer: Answer = {},
  ) {
    super(message);
  }
}

/** The object that is printed for a task which threw, in the shape that Bolt knows failures by. */
export function failureOf(names: Names, thrown: unknown): Answer {
  const error = thrown instanceof TaskError ? thrown : unexpected(thrown);
  const { answer, details, message, reason } = error;
  return { ...answer, _error: { msg: message, kind: `${names.module}/${reason}`, details } };
}

function unexpected(thrown: unknown): TaskError {
  if (!(thrown instanceof Error)) return new TaskError('unexpected', String(thrown));
  return new TaskError('unexpected', thrown.message, { stack: thrown.stack });
}
