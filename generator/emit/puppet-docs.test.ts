import { expect, test } from '@jest/globals';
import { parametersOf, summaryOf } from './puppet-docs.ts';

const MANIFEST = `# @summary Makes a thing
#
# At length.
#
# @param size
#   How large it is,
#   in metres. More than 3 is a lot.
#
# @param mode
#   \`fast\` or \`slow\`
#
class thing (
  Integer                     $size,
  Optional[Enum[fast, slow]]  $mode = undef,
  Integer                     $modes = 1,
) {}
`;

test('summaryOf', () => {
  expect(summaryOf(MANIFEST)).toBe('Makes a thing');
});

test('parametersOf takes the first sentence and the default of each', () => {
  expect(parametersOf(MANIFEST)).toEqual([
    { name: 'size', summary: 'How large it is, in metres.', default: undefined },
    { name: 'mode', summary: '`fast` or `slow`', default: 'undef' },
  ]);
});
