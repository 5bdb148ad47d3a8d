import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { execa } from 'execa';
import fs from 'fs-extra';
import type { Project } from '../../generator/project.ts';
import { MODULE, REPO } from '../../lab/paths.ts';
import { pageOf, pages, referenceOf, repository } from '../reference.ts';
import { gem } from './tools.ts';
import { readTree } from './tree.ts';

let project: Project;

beforeAll(async () => {
  project = await repository();
  await execa('node', ['bin/clone-army.js', 'generate'], { cwd: REPO });
});

test('the module is complete', async () => {
  const files = await readTree(MODULE);
  expect(files).toEqual(
    expect.arrayContaining([
      'CHANGELOG.md',
      'docs/operating.md',
      'examples/site.pp',
      'Gemfile',
      'LICENSE',
      'README.md',
      'REFERENCE.md',
      'Rakefile',
      '.fixtures.yml',
      'data/common.yaml',
      'hiera.yaml',
      'lib/facter/clone_army.rb',
      'manifests/base.pp',
      'manifests/init.pp',
      'metadata.json',
      'plans/deploy.pp',
      'spec/classes/clone_army_spec.rb',
      'tasks/start.js',
      'tasks/start.json',
      'tasks/status.js',
      'tasks/status.json',
      'tasks/stop.js',
      'tasks/stop.json',
    ]),
  );
});

test('REFERENCE.md is what puppet-strings writes; if not, run npm run reference', async () => {
  expect(await readFile(path.join(REPO, 'REFERENCE.md'), 'utf8')).toBe(await referenceOf(MODULE));
});

test.each(await pages())(
  'generated parts of %s are up to date; if not, run npm run reference',
  async (page) => {
    expect(await readFile(path.join(REPO, page), 'utf8')).toBe(await pageOf(page, project));
  },
);

test('generating the module again changes nothing', async () => {
  const { stdout } = await execa('node', ['bin/clone-army.js', 'generate', '--check', '--json'], {
    cwd: REPO,
  });
  expect(JSON.parse(stdout)).toMatchObject({ created: [], changed: [], removed: [] });
});

describe('Bolt', () => {
  const project = path.join(REPO, '.cache/bolt-project');
  const bolt = async (...words: string[]) => {
    await fs.outputFile(
      path.join(project, 'bolt-project.yaml'),
      JSON.stringify({ name: 'checks', analytics: false, modulepath: [path.dirname(MODULE)] }),
    );
    const { code, output } = await gem(['bolt', ...words, '--project', project, '--format', 'json'], REPO);
    expect(code).toBe(0);
    return JSON.parse(output.slice(output.indexOf('{')));
  };

  test('shows the module', async () => {
    const answer = await bolt('module', 'show', 'clone_army');
    expect(JSON.stringify(answer)).toContain('clone_army');
  });

  test.each(['start', 'stop', 'status', 'restart', 'run', 'reset'])(
    'shows the task %s with its parameters',
    async (name) => {
      const task = await bolt('task', 'show', `clone_army::${name}`);
      const definition = JSON.parse(await readFile(path.join(MODULE, `tasks/${name}.json`), 'utf8'));
      expect(task.metadata.description).toBe(definition.description);
      expect(Object.keys(task.metadata.parameters)).toEqual(Object.keys(definition.parameters));
      expect(Object.keys(definition.parameters)).toContain('clones');
    },
  );

  test('shows the plans', async () => {
    const { plans } = await bolt('plan', 'show');
    const names = plans
      .map(([name]: [string]) => name)
      .filter((name: string) => name.startsWith('clone_army'));
    expect(names).toEqual([
      'clone_army::capacity',
      'clone_army::clean',
      'clone_army::compare',
      'clone_army::deploy',
      'clone_army::load_result',
      'clone_army::load_test',
      'clone_army::remove',
      'clone_army::start_fleet',
    ]);
  });
});
