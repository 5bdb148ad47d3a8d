import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { sampleResult } from '../../load/testing/result.ts';
import { layoutOf } from '../layout.ts';
import { emitSchemas } from './schemas.ts';

const folder = join(layoutOf().templates, 'files/profiles');

/** A published schema as a program that knows only the standard compiles it. */
function compiled(name: string) {
  const { content } = emitSchemas().find(({ path }) => path === `files/schemas/${name}`) as {
    content: string;
  };
  return new Ajv({ allErrors: true, strict: false }).compile(JSON.parse(content));
}

describe('load-profile.schema.json', () => {
  const validate = compiled('load-profile.schema.json');

  test.each(readdirSync(folder))('accepts %s, which names it for editors', (file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    expect(validate(parse(text))).toBe(true);
    expect(text).toMatch(/^# yaml-language-server: \$schema=\.\.\/schemas\/load-profile\.schema\.json\n/);
  });

  test.each([
    {},
    { phases: [{ kind: 'steady', for: '10' }] },
    { phases: [{ kind: 'herd', within: '1m', every: '1m' }] },
    { phases: [{ kind: 'herd', within: '1m' }], sed: 1 },
  ])('refuses %j', (profile) => {
    expect(validate(profile)).toBe(false);
  });
});

describe('load-result.schema.json', () => {
  const validate = compiled('load-result.schema.json');

  test('accepts a result, and refuses one of another version', () => {
    const result = sampleResult();
    expect(validate(result)).toBe(true);
    expect(validate({ ...result, version: 2 })).toBe(false);
  });
});
