import type { Names } from '../../../model/names.ts';
import type { Answer } from '../../../model/task.ts';

/** Why a task failed. Plans check it as part of the error's `kind`, which is `<module>/<reason>`. */
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
  | 'builds-failed'
  | 'invalid-profile'
  | 'no-test'
  | 'test-running'
  | 'test-not-started'
  | 'timeout'
  | 'unexpected';

/** An expected failure. Its message includes the remedy. */
export class TaskError extends Error {
  override readonly name = 'TaskError';

  /**
   * @param answer - results that are returned along with the error
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

/** Converts an exception to an answer in Bolt's error format. */
export function failureOf(names: Names, thrown: unknown): Answer {
  const error = thrown instanceof TaskError ? thrown : unexpected(thrown);
  const { answer, details, message, reason } = error;
  return { ...answer, _error: { msg: message, kind: `${names.module}/${reason}`, details } };
}

function unexpected(thrown: unknown): TaskError {
  if (!(thrown instanceof Error)) return new TaskError('unexpected', String(thrown));
  return new TaskError('unexpected', thrown.message, { stack: thrown.stack });
}
