import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { writeVariant } from '../../generator/fixtures/prepare.ts';
import { VARIANTS } from '../../generator/fixtures/variants.ts';
import { gem, type Outcome, rake, shellcheck } from './tools.ts';
import { readTree } from './tree.ts';
import { copyUnchecked } from './unchecked.ts';

/** Complaints of a tool. They count even if it exits with 0. */
const COMPLAINT = /warn|error|fail|deprecat/i;

/** Variants whose documentation is checked. It differs only by the module's name, and the check is slow. */
const DOCUMENTED = ['as published', 'another author and module'];

/** What rspec prints if no example fails. */
const PASSED = { code: 0, output: expect.stringMatching(/[1-9]\d* examples, 0 failures$/m) };

let home: string;
const modules = new Map<string, string>();
const outcomes = new Map<string, Outcome>();
const scripts = new Map<string, Promise<Outcome>>();

beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'clone-army-variants-'));
  for (const variant of VARIANTS) {
    const folder = path.join(home, variant.name.replace(/\W+/g, '-'));
    modules.set(variant.name, await writeVariant(variant, folder));
  }
  // Ruby's tools are slow. They get each file once, and there is a process for each processor.
  const unchecked = await copyUnchecked(modules, path.join(home, 'unchecked'));
  const queue = VARIANTS.map(({ name }) => name);
  const work = async () => {
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
      const tasks = [
        'validate',
        'lint',
        'metadata_lint',
        ...(DOCUMENTED.includes(name) ? ['documented'] : []),
      ];
      outcomes.set(name, await rake(unchecked.get(name) as string, tasks));
    }
  };
  await Promise.all(os.cpus().map(work));
}, 600_000);
afterAll(() => rm(home, { recursive: true, force: true }));

describe.each(VARIANTS)('module variant: $name', ({ name }) => {
  test("passes Puppet's own tools, warnings included", () => {
    const { code, output } = outcomes.get(name) as Outcome;
    const complaints = output.split('\n').filter((line) => COMPLAINT.test(line));
    expect({ code, complaints }).toEqual({ code: 0, complaints: [] });
  });

  test('passes shellcheck', async () => {
    expect(await checkScripts(path.join(modules.get(name) as string, 'files'))).toEqual({
      code: 0,
      output: '',
    });
  });
});

test('the module for the Red Hat family passes its own specs', async () => {
  const module = modules.get('one host system, of the Red Hat family') as string;
  const files = [
    'spec/classes/host_spec.rb',
    'spec/classes/selinux_spec.rb',
    'spec/unit/files/bootstrap/dnf_spec.rb',
  ];
  expect(await gem(['rspec', ...files], module)).toEqual(PASSED);
});

test('a module with another name and other defaults passes its own specs', async () => {
  const module = modules.get('another module with other defaults') as string;
  const files = ['spec/classes/clone_army_spec.rb', 'spec/classes/bases_spec.rb'];
  expect(await gem(['rspec', ...files], module)).toEqual(PASSED);
});

test('a renamed module does not contain the default name', async () => {
  const module = modules.get('another author and module') as string;
  const left: string[] = [];
  for (const file of await readTree(module)) {
    const text = await readFile(path.join(module, file), 'utf8');
    if (/(?<!\w)(clone_army|puppet-clone-army)(?!\w)/i.test(`${file}\n${text}`)) left.push(file);
  }
  expect(left).toEqual([]);
});

/** Runs shellcheck on scripts, unless it has seen exactly these: what one sources is a part of it. */
async function checkScripts(folder: string): Promise<Outcome> {
  // Units, settings and Ruby code have other extensions.
  const names = (await readTree(folder)).filter((file) => ['', '.sh'].includes(path.extname(file)));
  const texts = await Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')));
  const key = JSON.stringify([names, texts]);
  const outcome = scripts.get(key) ?? shellcheck(folder, names);
  scripts.set(key, outcome);
  return outcome;
}
