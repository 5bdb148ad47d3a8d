/** Something that the person at the keyboard can act on: shown without a stack trace. */
export class LabProblem extends Error {
  override readonly name = 'LabProblem';

  /**
   * @param message - What is wrong, and where
   * @param remedy - What to do about it
   */
  constructor(
    message: string,
    readonly remedy: string,
  ) {
    super(message);
  }
}

/** What went wrong, for the person at the keyboard: with its remedy, with what a command said, or with where it was. */
export function explain(error: unknown): string {
  if (error instanceof LabProblem) return `${error.message}\n  ${error.remedy}`;
  const { shortMessage, stderr, stack } = error as { shortMessage?: string; stderr?: string; stack?: string };
  return shortMessage ? `${shortMessage}\n${stderr ?? ''}` : String(stack ?? error);
}
