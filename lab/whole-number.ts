import { InvalidArgumentError } from 'commander';

/** Makes a parser for command-line options that take a whole number. */
export function wholeNumber(minimum: number, maximum = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < minimum || value > maximum)
      throw new InvalidArgumentError(`Expected a whole number ${rangeText(minimum, maximum)}.`);
    return value;
  };
}

const rangeText = (minimum: number, maximum: number) =>
  maximum === Number.MAX_SAFE_INTEGER ? `of at least ${minimum}` : `from ${minimum} to ${maximum}`;
