import { describe, expect, test } from '@jest/globals';
import { SCHEMAS } from '../../model/limits.ts';
import { smallProject } from '../fixtures/small.ts';
import { emitTypes } from './types.ts';

const contentOf = (files: ReturnType<typeof emitTypes>, path: string) =>
  files.find((file) => file.path === path)?.content;

describe('emitTypes', () => {
  test('writes a type for every shared schema, for flavours and for run modes', async () => {
    const { model } = await smallProject();
    const paths = [...Object.keys(SCHEMAS), 'flavour', 'run_mode'].map((name) => `types/${name}.pp`);
    expect(emitTypes(model).map(({ path }) => path)).toEqual(paths);
  });

  test('uses the name of the generated module', async () => {
    const { model } = await smallProject({ metadata: { name: 'acme-load_herd' } });
    const files = emitTypes(model);
    expect(contentOf(files, 'types/flavour.pp')).toBe(
      "# @summary How the agent gets into a base image\ntype Load_herd::Flavour = Enum['distro', 'gem']\n",
    );
    expect(contentOf(files, 'types/run_mode.pp')).toContain(
      "type Load_herd::Run_mode = Enum['service', 'timer']\n",
    );
  });

  test('uses the first sentence as the summary and the others as text', async () => {
    const { model } = await smallProject();
    expect(contentOf(emitTypes(model), 'types/name.pp')).toMatch(
      /^# @summary [^.]+\n#\n# [^@]+[.]\ntype Clone_army::Name = Pattern\[/,
    );
  });

  test('keeps lines within the limits of puppet-lint', async () => {
    const { model } = await smallProject();
    const lines = emitTypes(model).flatMap(({ content }) => content.toString().split('\n'));
    expect(lines.filter((line) => line.length > 140 || /\s$/.test(line))).toEqual([]);
  });
});
