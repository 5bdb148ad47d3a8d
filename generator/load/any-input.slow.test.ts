import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { parseFile } from '../../validation/parsed-file.ts';
import { ProblemsError } from '../../validation/problem.ts';
import { fc } from '../../validation/testing/fast-check.ts';
import { SMALL_LAYOUT } from '../fixtures/prepare.ts';
import { resolveModel } from './resolve-model.ts';
import { readSources } from './sources.ts';

const CASES = 10_000;

const { root } = SMALL_LAYOUT;
const TEXTS = {
  module: readFileSync(join(root, 'module.yaml'), 'utf8'),
  metadata: readFileSync(join(root, 'metadata.json'), 'utf8'),
};
const templates = new Set((await readSources(SMALL_LAYOUT)).map(({ path }) => path));

/** Keys and indexes that lead to each value of a document. */
function pathsIn(value: unknown, path: readonly (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [[...path]];
  const keys = Array.isArray(value) ? value.map((_, i) => i) : Object.keys(value);
  return [[...path], ...keys.flatMap((key) => pathsIn((value as never)[key], [...path, key]))];
}

/** A copy with another value at the path; without the key if that is undefined. */
function changed(value: unknown, [key, ...rest]: readonly (string | number)[], other: unknown): unknown {
  if (key === undefined) return other;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, unknown>;
  copy[key] = changed(copy[key], rest, other);
  if (copy[key] !== undefined) return copy;
  if (Array.isArray(copy)) copy.splice(Number(key), 1);
  else delete copy[key];
  return copy;
}

const edits = (text: string) => {
  const document: unknown = parse(text);
  return fc
    .tuple(
      fc.constantFrom(...pathsIn(document)),
      fc.oneof(fc.constant(undefined), fc.jsonValue(), fc.string({ unit: 'binary' })),
    )
    .map(([path, other]) => JSON.stringify(changed(document, path, other)) ?? '');
};

/** Half a file: an editor's interrupted save, or two files in one. */
const cuts = (text: string) =>
  fc
    .tuple(fc.nat(text.length), fc.nat(text.length))
    .map(([end, begin]) => text.slice(0, end) + text.slice(begin));

test.each(['module', 'metadata'] as const)(`any text as %s gives a model or a list of problems`, (file) => {
  const name = { module: 'module.yaml', metadata: 'metadata.json' }[file];
  const text = fc.oneof(
    { weight: 8, arbitrary: edits(TEXTS[file]) },
    { weight: 1, arbitrary: cuts(TEXTS[file]) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  );
  const valid = {
    module: parseFile('module.yaml', TEXTS.module),
    metadata: parseFile('metadata.json', TEXTS.metadata),
  };
  let models = 0;
  fc.assert(
    fc.property(text, (some) => {
      try {
        resolveModel({ ...valid, [file]: parseFile(name, some), templates });
        models += 1;
      } catch (error) {
        if (!(error instanceof ProblemsError)) throw error;
        expect(error.message.length).toBeGreaterThan(0);
        for (const { message } of error.problems) expect(message).not.toBe('');
      }
    }),
    { numRuns: CASES / 2 },
  );
  expect(models).toBeGreaterThan(0);
});
