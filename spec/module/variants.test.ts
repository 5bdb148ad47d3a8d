import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execa } from 'execa';
import { writeVariant } from '../../generator/fixtures/prepare.ts';
import { VARIANTS } from '../../generator/fixtures/variants.ts';
import { CLEAN, lint, metadataLint, syntax, undocumented } from './tools.ts';
import { readTree } from './tree.ts';

const PLAIN = { name: 'default' };

let home: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'clone-army-variants-'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

describe.each([PLAIN, ...VARIANTS])('the module as $name', (variant) => {
  let module: string;
  beforeAll(async () => {
    module = await writeVariant(variant, path.join(home, variant.name.replace(/\W+/g, '-')));
  });

  test('has no mistake in its syntax', async () => {
    expect(await syntax(module)).toEqual(CLEAN);
  });

  test('leaves puppet-lint nothing to say', async () => {
    expect(await lint(module)).toEqual(CLEAN);
  });

  test('has metadata that the Forge takes', async () => {
    expect(await metadataLint(module)).toEqual(CLEAN);
  });

  test('documents all of itself', async () => {
    expect(await undocumented(module)).toEqual([]);
  });

  test('keeps nothing of the default name when it has another', async () => {
    const name = path.basename(module);
    if (name === 'clone_army') return expect(await readTree(module)).toContain('manifests/init.pp');
    const files = (await readTree(module)).filter(
      (file) => !['metadata.json', 'README.md', 'CHANGELOG.md'].includes(file),
    );
    const left: string[] = [];
    for (const file of files) {
      const text = await readFile(path.join(module, file), 'utf8');
      if (/(?<!\w)(clone_army|puppet-clone-army)(?!\w)/i.test(`${file}\n${text}`)) left.push(file);
    }
    expect(left).toEqual([]);
  });

  test('has scripts that shellcheck finds nothing in', async () => {
    const scripts = (await readTree(path.join(module, 'files'))).filter((file) => !file.startsWith('units/'));
    const { exitCode, stdout } = await execa('shellcheck', ['--external-sources', '--shell=sh', ...scripts], {
      cwd: path.join(module, 'files'),
      reject: false,
    });
    expect({ code: exitCode, output: stdout }).toEqual(CLEAN);
  });
});
