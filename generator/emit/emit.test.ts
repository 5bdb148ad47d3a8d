import { describe, expect, test } from '@jest/globals';
import { smallProject } from '../fixtures/small.ts';
import { emit, withoutDuplicates } from './emit.ts';

const file = (path: string) => ({ path, content: '', mode: 0o644 as const });

describe('emit', () => {
  test('gives the same files in the same order, however often', async () => {
    const project = await smallProject();
    const files = emit(project);
    expect(emit(project)).toEqual(files);
    const paths = files.map(({ path }) => path);
    expect(paths).toEqual([...paths].sort());
    expect(paths).toEqual(
      expect.arrayContaining(['data/common.yaml', 'metadata.json', 'tasks/greet.js', 'types/name.pp']),
    );
  });

  test('refuses a template in the place of what is made from the model', async () => {
    const project = await smallProject({ files: { 'metadata.json': '{}' } });
    expect(() => emit(project)).toThrow('metadata.json: comes from two emitters, metadata and templates');
  });
});

describe('withoutDuplicates', () => {
  test("refuses a file that is another one's folder", () => {
    const files = [
      { emitter: 'one', file: file('a/b/c') },
      { emitter: 'two', file: file('a') },
    ];
    expect(() => withoutDuplicates(files)).toThrow('a: is a file from two, and the folder of a/b/c from one');
  });
});
