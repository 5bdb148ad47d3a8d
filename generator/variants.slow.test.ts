import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { prepareVariant, writeVariant } from './fixtures/prepare.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';
import { VARIANTS, variant } from './fixtures/variants.ts';
import { generate } from './generate.ts';

/** Milliseconds. Each variant bundles all tasks, which is slow on a busy machine. */
const TIMEOUT = 60_000;

/** spec/module checks the same variants with Puppet's own tools. */
describe('the real templates', () => {
  test.each(VARIANTS)(
    'generate a module: $name',
    async (variant) => {
      const module = await writeVariant(variant, await temporaryFolder());
      const { name } = JSON.parse(await readFile(join(module, 'metadata.json'), 'utf8'));
      expect(name.split('-')[1]).toBe(basename(module));
      await expect(readFile(join(module, 'manifests/init.pp'), 'utf8')).resolves.toContain(
        `class ${basename(module)} (`,
      );
    },
    TIMEOUT,
  );

  test.each([
    {
      name: 'one host system, of the Red Hat family',
      data: ['data/common.yaml', 'data/family/RedHat.yaml', 'data/family/RedHat/9.yaml'],
      scripts: ['files/bootstrap/dnf.sh'],
      images: ['rocky-9'],
    },
    {
      name: 'one image',
      data: ['data/common.yaml', 'data/family/Debian.yaml', 'data/os/Debian.yaml', 'data/os/Debian/13.yaml'],
      scripts: ['files/bootstrap/mmdebstrap.sh'],
      images: ['debian-13'],
    },
  ])('leave out other systems: $name', async ({ name, data, scripts, images }) => {
    const { files } = await generate(await prepareVariant(variant(name), await temporaryFolder()));
    const below = (folder: string) =>
      files.map(({ path }) => path).filter((path) => path.startsWith(`${folder}/`));

    expect(below('data')).toEqual(data);
    expect(below('files/bootstrap')).toEqual(scripts);
    const common = files.find(({ path }) => path === 'data/common.yaml');
    expect(Object.keys(parse(String(common?.content))['clone_army::images'])).toEqual(images);
    const page = String(files.find(({ path }) => path === 'docs/hosts-and-images.md')?.content);
    expect(page.match(/(?<=^- \w+: .*`)[a-z]+-[0-9.]+(?=`)/gm)).toEqual(images);
  });

  test('leave out other flavours and systems in a module with one of each', async () => {
    const one = variant('one host system and one flavour');
    const { files } = await generate(await prepareVariant(one, await temporaryFolder()));
    const others =
      /puppetcore|voxpupuli\.org|install\.bash|openvox-agent|Rocky|AlmaLinux|RedHat|Red Hat|rpm-gpg/i;
    // Specs check whether the module has a flavour, and the changelog covers all of them.
    const ignored = /^(spec\/|CHANGELOG)/;
    const left = files.flatMap(({ path, content }) =>
      ignored.test(path)
        ? []
        : content
            .toString()
            .split('\n')
            .filter((line) => others.test(line))
            .map((line) => `${path}: ${line}`),
    );
    expect(left).toEqual([]);
  });

  test(
    'leave no trace of the default name in a renamed module, and always generate the same files',
    async () => {
      const metadata = {
        name: 'acme-load_herd',
        source: 'https://a.example',
        project_page: null,
        issues_url: null,
      };
      const inputs = await prepareVariant({ name: 'renamed', metadata }, await temporaryFolder());
      const { files } = await generate(inputs);
      const old = /(?<!\w)([Cc]lone_army|puppet-clone-army)(?!\w)/;
      expect(
        files.filter(({ path, content }) => old.test(`${path}\n${content}`)).map(({ path }) => path),
      ).toEqual([]);
      expect((await generate(inputs)).files).toEqual(files);
    },
    TIMEOUT,
  );
});
