import { describe, expect, test } from '@jest/globals';
import { smallProject } from '../fixtures/small.ts';
import { absoluteLinks, modulePage, repositoryPage } from './readme.ts';

const TEXT = `# Title
<!-- begin project -->
Two commands.
<!-- end project -->
Hosts:
<!-- begin hosts -->
- none yet
<!-- end hosts -->
<!-- begin with redhat -->
Only where there are such hosts.
<!-- end with redhat -->
<!-- begin with gem plans -->
Only where there are both.
<!-- end with gem plans -->
End.
`;
const HOSTS = '| hosts | releases | tried |\n| --- | --- | --- |\n| Debian | 13 | for real |\n';
const debian13 = {
  operatingsystem_support: [{ operatingsystem: 'Debian', operatingsystemrelease: ['13'] }],
};

describe('modulePage', () => {
  test('leaves out parts on the project and fills in generated parts', async () => {
    const project = await smallProject({ metadata: debian13, module: { flavours: { gem: null } } });
    expect(modulePage(TEXT, 'README.md', project)).toBe(`# Title\nHosts:\n${HOSTS}End.\n`);
  });

  test.each([
    { module: {}, kept: true },
    { module: { parts: { plans: false } }, kept: false },
    { module: { flavours: { gem: null } }, kept: false },
  ])('keeps a part with several features only if the module has all: $module', async ({ module, kept }) => {
    const page = modulePage(TEXT, 'README.md', await smallProject({ metadata: debian13, module }));
    expect(page.includes('Only where there are both.')).toBe(kept);
  });

  test('keeps parts about a family of hosts', async () => {
    const project = await smallProject({
      metadata: { operatingsystem_support: [{ operatingsystem: 'Rocky', operatingsystemrelease: ['9'] }] },
      module: {
        images: { 'rocky-9': { os: 'Rocky', release: '9', suite: 'el9', bootstrapper: 'debootstrap' } },
      },
      files: { 'data/family/RedHat/9.yaml': '---\n{}\n' },
    });
    expect(modulePage(TEXT, 'README.md', project)).toContain('Only where there are such hosts.\n');
  });

  test.each(['guests', 'constructor'])('refuses a part with an unknown name: %s', async (name) => {
    const project = await smallProject();
    expect(() => modulePage(TEXT.replaceAll('hosts -->', `${name} -->`), 'docs/x.md', project)).toThrow(
      `docs/x.md: marks a part "${name}"`,
    );
  });
});

test('repositoryPage keeps all marks and updates generated parts', async () => {
  const project = await smallProject({ metadata: debian13 });
  expect(repositoryPage(TEXT, 'README.md', project)).toBe(TEXT.replace('- none yet\n', HOSTS));
});

test.each([
  ['[a](docs/a.md#b)', '[a](https://example.com/x/blob/v1.2.3/docs/a.md#b)'],
  ['![a](docs/a.svg)', '![a](https://example.com/x/raw/v1.2.3/docs/a.svg)'],
  ['[a](#b)', '[a](#b)'],
  ['[a](https://example.org/)', '[a](https://example.org/)'],
])('absoluteLinks: %s', async (given, want) => {
  const { model } = await smallProject({
    metadata: { source: 'https://example.com/x.git', version: '1.2.3' },
  });
  expect(absoluteLinks(given, model)).toBe(want);
});
