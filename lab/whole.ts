import { InvalidArgumentError } from 'commander';

/** A parser of whole numbers for options of commands. */
export function whole(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < least)
      throw new InvalidArgumentError(`a whole number from ${least} up is wanted.`);
    return value;
  };
}
