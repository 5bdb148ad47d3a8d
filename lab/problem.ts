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
