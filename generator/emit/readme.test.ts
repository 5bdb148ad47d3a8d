import { describe, expect, test } from '@jest/globals';
import { smallProject } from '../fixtures/small.ts';
import { moduleReadme, repositoryReadme } from './readme.ts';

const TEXT = `# Title
<!-- begin project -->
Two commands.
<!-- end project -->
Hosts:
<!-- begin hosts -->
- none yet
<!-- end hosts -->
<!-- begin redhat -->
Only where there are such hosts.
<!-- end redhat -->
End.
`;

describe('moduleReadme', () => {
  test("leaves out what is the project's, and says what the model says", async () => {
    const project = await smallProject({
      metadata: { operatingsystem_support: [{ operatingsystem: 'Debian', operatingsystemrelease: ['13'] }] },
    });
    expect(moduleReadme(TEXT, project)).toBe(
      '# Title\nHosts:\n| hosts | releases | tried |\n| --- | --- | --- |\n| Debian | 13 | for real |\nEnd.\n',
    );
  });

  test('keeps what is for hosts of the Red Hat family where there are any', async () => {
    const project = await smallProject({
      metadata: { operatingsystem_support: [{ operatingsystem: 'Rocky', operatingsystemrelease: ['9'] }] },
      module: {
        images: { 'rocky-9': { os: 'Rocky', release: '9', suite: 'el9', bootstrapper: 'debootstrap' } },
      },
      files: { 'data/family/RedHat/9.yaml': '---\n{}\n' },
    });
    expect(moduleReadme(TEXT, project)).toContain('Only where there are such hosts.\nEnd.');
  });

  test('does not take a mark that it does not know', async () => {
    const project = await smallProject();
    expect(() => moduleReadme(TEXT.replaceAll('hosts', 'guests'), project)).toThrow(/marks a part "guests"/);
  });
});

test('repositoryReadme keeps the marks and the parts on the project', async () => {
  const table = '| hosts | releases | tried |\n| --- | --- | --- |\n| Debian | 12, 13 | for real |';
  expect(repositoryReadme(TEXT, await smallProject())).toBe(TEXT.replace('- none yet', table));
});
