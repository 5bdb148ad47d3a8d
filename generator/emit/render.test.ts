import { beforeEach, describe, expect, test } from '@jest/globals';
import { smallProject } from '../fixtures/small.ts';
import type { Project } from '../project.ts';
import { renderer } from './render.ts';

describe('renderer', () => {
  let project: Project;
  beforeEach(async () => {
    project = await smallProject({ metadata: { summary: '<b> & "c"' } });
  });

  test.each([
    { given: '[%= model.names.prefix %]', want: 'puppet-clone-army' },
    { given: '[%= model.metadata.summary %]', want: '<b> & "c"' },
    { given: '<%= $x %> [x] %', want: '<%= $x %> [x] %' },
    { given: '[% for (const f of Object.keys(model.flavours)) { -%]\n[%= f %],[% } %]', want: 'distro,gem,' },
    { given: '[%= Object.keys(model.flavours).map((f) => f.toUpperCase()).join() %]', want: 'DISTRO,GEM' },
    { given: "[%= Object.keys(model.images).join(' ') %]", want: 'debian-12 debian-13' },
    { given: "[%= 'other' in model.images %]", want: 'false' },
    { given: '[%- JSON.stringify(model.parts) %]', want: '{"plans":true,"specs":true}' },
    { given: '[%= limits.HOSTNAME_MAX %]', want: '64' },
    { given: '[%= puppetType(schemas.count) %]', want: 'Integer[1, 10000]' },
    { given: '[%= puppetType(schemas.image) %]', want: expect.stringContaining("Struct[{ 'os' => Pattern[") },
    {
      given: '[%= hosts %]',
      want: '| hosts | releases | tried |\n| --- | --- | --- |\n| Debian | 12, 13 | for real |',
    },
    {
      given: '[%= images %]',
      want: '- Debian: `debian-12`, `debian-13`',
    },
  ])('$given', ({ given, want }) => {
    expect(renderer(project)('x.ejs', given)).toEqual(want);
  });

  test('lists tasks with their parameters', () => {
    expect(renderer(project)('x.ejs', '[%= tasks %]').split('\n')).toEqual([
      '| task | parameters | what it does |',
      '| --- | --- | --- |',
      '| `clone_army::greet` | `count`, `who` | Greets clones, as clone_army::greet does. |',
    ]);
  });

  test('does not list tasks that only plans run', () => {
    const tasks = project.tasks.map((task) => ({
      ...task,
      definition: { ...task.definition, private: true as const },
    }));
    expect(renderer({ ...project, tasks })('x.ejs', '[%= tasks %]').split('\n')).toHaveLength(2);
  });

  test.each([
    {
      given: 'a\n[%= model.metdata.name %]',
      want: 'x.ejs:2: model has no key "metdata"; did you mean "metadata"?',
    },
    { given: '[%= model.images.debian %]', want: 'x.ejs:1: model.images has no key "debian"' },
    {
      given: '[% if (model.parts.plan) { } %]',
      want: 'x.ejs:1: model.parts has no key "plan"; did you mean "plans"?',
    },
    { given: '[%= model.flavours.constructor %]', want: 'x.ejs:1: model.flavours has no key "constructor"' },
    { given: '\n\n[%= modl %]', want: 'x.ejs:3: modl is not defined' },
    { given: '[%= undefined %]', want: 'x.ejs:1: the value of a tag is undefined' },
    { given: '[% if ( %]', want: 'x.ejs: ' },
    { given: '[%= model', want: 'x.ejs: Could not find matching close tag' },
  ])('reports the position of the error in $given', ({ given, want }) => {
    expect(() => renderer(project)('x.ejs', given)).toThrow(want);
  });
});
