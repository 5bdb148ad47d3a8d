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
End.
`;

describe('moduleReadme', () => {
  test("leaves out what is the project's, and says what the model says", async () => {
    const project = await smallProject({
      metadata: { operatingsystem_support: [{ operatingsystem: 'Debian', operatingsystemrelease: ['13'] }] },
    });
    expect(moduleReadme(TEXT, project)).toBe('# Title\nHosts:\n- Debian 13\nEnd.\n');
  });

  test('does not take a mark that it does not know', async () => {
    const project = await smallProject();
    expect(() => moduleReadme(TEXT.replaceAll('hosts', 'guests'), project)).toThrow(/marks a part "guests"/);
  });
});

test('repositoryReadme keeps the marks and the parts on the project', async () => {
  expect(repositoryReadme(TEXT, await smallProject())).toBe(TEXT.replace('- none yet', '- Debian 12, 13'));
});
