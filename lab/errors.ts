/** An error that the user can fix. Shown without a stack trace. */
export class LabError extends Error {
  override readonly name = 'LabError';

  /**
   * @param message - What is wrong, and where
   * @param remedy - How to fix it
   */
  constructor(
    message: string,
    readonly remedy: string,
  ) {
    super(message);
  }
}

/** Describes an error for the user: with its remedy, the output of the command that failed, or a stack trace. */
export function describeError(error: unknown): string {
  if (error instanceof LabError) return `${error.message}\n  ${error.remedy}`;
  const { shortMessage, stderr, stack } = error as { shortMessage?: string; stderr?: string; stack?: string };
  return shortMessage ? `${shortMessage}\n${stderr ?? ''}` : String(stack ?? error);
}
