import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { execa } from 'execa';
import { run } from './cli.ts';
import { smallInputs } from './fixtures/small.ts';
import type { Layout } from './layout.ts';

let cwd: string;
let layout: Layout;
beforeEach(async () => {
  ({ cwd, layout } = await smallInputs());
});

async function cli(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const output = { out: '', err: '' };
  const code = await run(args, {
    layout,
    cwd,
    stdout: (text) => {
      output.out += text;
    },
    stderr: (text) => {
      output.err += text;
    },
  });
  return { code, ...output };
}

describe('clone-army generate', () => {
  test('writes the module and prints a short summary', async () => {
    const { code, out, err } = await cli('generate');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^ {2}created {2}README\.md\n/);
    expect(out).toMatch(/\ndist\/clone_army: \d+ created, 0 changed, 0 removed, 0 unchanged\n$/);
    expect(JSON.parse(await readFile(join(cwd, 'dist/clone_army/metadata.json'), 'utf8'))).toMatchObject({
      version: '1.2.3',
    });

    expect((await cli('generate')).out).toMatch(
      /^dist\/clone_army: 0 created, 0 changed, 0 removed, \d+ unchanged\n$/,
    );
  });

  test('writes nothing in a dry run', async () => {
    const { code, out } = await cli('generate', '--dry-run');
    expect(code).toBe(0);
    expect(out).toContain('(nothing written)');
    expect(await readdir(cwd)).not.toContain('dist');
  });

  test('exits with 1 and prints a diff if the folder is out of date', async () => {
    await cli('generate', '--out', 'out');
    expect(await cli('generate', '--out', 'out', '--check')).toMatchObject({ code: 0 });
    await writeFile(join(cwd, 'out/metadata.json'), '{}\n');
    const { code, out } = await cli('generate', '--out', 'out', '--check');
    expect(code).toBe(1);
    expect(out).toMatch(/--- a\/metadata\.json\n[\s\S]*\n-\{\}\n[\s\S]*1 changed/);
    expect(await readFile(join(cwd, 'out/metadata.json'), 'utf8')).toBe('{}\n');
  });

  test('prints one JSON object', async () => {
    const { out } = await cli('generate', '--json');
    expect(JSON.parse(out)).toMatchObject({
      ok: true,
      out: 'dist/clone_army',
      changed: [],
      removed: [],
      unchanged: [],
    });
    await writeFile(join(cwd, 'dist/clone_army/README.md'), 'x');
    const checked = await cli('generate', '--json', '--check');
    expect(checked.code).toBe(1);
    expect(JSON.parse(checked.out)).toMatchObject({
      ok: false,
      changed: ['README.md'],
      diff: expect.stringContaining('-x'),
    });
  });

  test('reads the files that the options name', async () => {
    await mkdir(join(cwd, 'other'));
    await writeFile(
      join(cwd, 'other/meta.json'),
      (await readFile(join(cwd, 'metadata.json'), 'utf8')).replace('1.2.3', '4.5.6'),
    );
    await writeFile(
      join(cwd, 'other/mod.yaml'),
      (await readFile(join(cwd, 'module.yaml'), 'utf8')).replace('secret', 'other'),
    );
    const { code } = await cli(
      'generate',
      '--metadata',
      'other/meta.json',
      '--config',
      join(cwd, 'other/mod.yaml'),
    );
    expect(code).toBe(0);
    expect(await readFile(join(cwd, 'dist/clone_army/metadata.json'), 'utf8')).toContain('4.5.6');
    expect(await readFile(join(cwd, 'dist/clone_army/data/common.yaml'), 'utf8')).toContain(
      "root_password: 'other'",
    );
  });

  test('exits with 2 and prints all problems if the input is invalid', async () => {
    await writeFile(join(cwd, 'module.yaml'), 'parts: {plan: true}\n');
    const { code, out, err } = await cli('generate', '--json');
    expect(code).toBe(2);
    expect(err).toMatch(/^module\.yaml:1:1: images: is missing\n/);
    expect(err).toMatch(
      /module\.yaml:1:9: parts\.plan: is not a known key; known keys are plans, specs; did you mean "plans"\?\n/,
    );
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      problems: expect.arrayContaining([expect.objectContaining({ suggestion: 'plans' })]),
    });
  });

  test('exits with 2 if it would overwrite a file of somebody else', async () => {
    await mkdir(join(cwd, 'out'));
    await writeFile(join(cwd, 'out/README.md'), 'mine');
    expect(await cli('generate', '--out', 'out')).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('out/README.md: was not written'),
    });
  });

  test('exits with 2 if the folder cannot be created', async () => {
    await writeFile(join(cwd, 'file'), '');
    expect(await cli('generate', '--out', 'file/out')).toMatchObject({
      code: 2,
      err: expect.stringContaining('ENOTDIR'),
    });
  });
});

describe('clone-army build', () => {
  test('writes the same tarball every time and prints its path, size and hash', async () => {
    const { code, out } = await cli('build', '--json');
    expect(code).toBe(0);
    const { path, bytes, sha256 } = JSON.parse(out);
    expect(path).toBe('dist/someone-clone_army-1.2.3.tar.gz');
    const tarball = await readFile(join(cwd, path));
    expect(tarball).toHaveLength(bytes);

    expect(await cli('build')).toMatchObject({ code: 0, out: `${path}\n${bytes} bytes\nsha256 ${sha256}\n` });
    expect(await readFile(join(cwd, path))).toEqual(tarball);
    expect(await readdir(join(cwd, 'dist'))).toEqual(['someone-clone_army-1.2.3.tar.gz']);
  });

  test("does not follow a symbolic link at the tarball's path", async () => {
    await mkdir(join(cwd, 'dist'));
    await symlink(join(cwd, 'elsewhere'), join(cwd, 'dist/someone-clone_army-1.2.3.tar.gz'));
    expect(await cli('build')).toMatchObject({
      code: 2,
      err: expect.stringContaining('is not a regular file'),
    });
    expect(await readdir(cwd)).not.toContain('elsewhere');
  });
});

describe('clone-army', () => {
  test.each([
    [['nonsense']],
    [['generate', '--nonsense']],
    [['generate', 'x']],
    [['generate', '--check', '--dry-run']],
    [[]],
  ])('exits with 2 for %j', async (args) => {
    const { code, out, err } = await cli(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).not.toBe('');
  });

  test.each([['--help'], ['--version']])('exits with 0 for %s', async (option) => {
    expect(await cli(option)).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/\S/) });
  });

  test('runs from any working directory, through a symbolic link', async () => {
    const link = join(cwd, 'clone-army');
    await symlink(fileURLToPath(new URL('../bin/clone-army.js', import.meta.url)), link);
    // The settings of another project must not be used.
    await writeFile(join(cwd, 'tsconfig.json'), '{ "extends": "./nowhere.json" }');
    const { stdout } = await execa(link, ['--version'], { cwd, env: { NODE_OPTIONS: '' } });
    expect(stdout).toMatch(/^\d+\.\d+\.\d+$/);
    const { exitCode, stderr } = await execa(link, ['generate', '--config', 'none.yaml'], {
      cwd,
      env: { NODE_OPTIONS: '' },
      reject: false,
    });
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: expect.stringContaining('none.yaml: cannot be read'),
    });
  }, 60_000);
});
