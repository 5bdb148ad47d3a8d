import { describe, expect, test } from '@jest/globals';
import { formatProblem, type Problem, throwProblems } from './problem.ts';

describe('formatProblem', () => {
  test.each<{ given: Problem; want: string }>([
    {
      given: {
        file: 'module.yaml',
        line: 12,
        column: 5,
        key: 'defaults.flavour',
        value: 'distr',
        message: 'is not among distro, gem',
        suggestion: 'distro',
      },
      want: 'module.yaml:12:5: defaults.flavour: "distr" is not among distro, gem; did you mean "distro"?',
    },
    {
      given: { file: 'dist/x', message: 'is a link', remedy: 'remove it' },
      want: 'dist/x: is a link; remove it',
    },
    {
      given: { file: 'x', message: 'is unknown', remedy: 'choose another', suggestion: 'y' },
      want: 'x: is unknown; choose another; did you mean "y"?',
    },
  ])('$want', ({ given, want }) => {
    expect(formatProblem(given)).toBe(want);
  });
});

describe('throwProblems', () => {
  test('throws all problems, sorted by position', () => {
    const problems = [
      { file: 'b', message: 'last' },
      { file: 'a', line: 10, message: 'third' },
      { file: 'a', line: 9, column: 2, message: 'second' },
      { file: 'a', line: 9, column: 1, message: 'first' },
    ];
    expect(() => throwProblems(problems)).toThrow('a:9:1: first\na:9:2: second\na:10: third\nb: last');
  });

  test('does not throw without problems', () => {
    expect(() => throwProblems([])).not.toThrow();
  });
});
