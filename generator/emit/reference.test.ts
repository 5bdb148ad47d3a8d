import { expect, test } from '@jest/globals';
import { smallProject } from '../fixtures/small.ts';
import { moduleReference } from './reference.ts';

const TEXT = `### <a name="Small--Agent"></a>\`Small::Agent\`

Alias of \`String\`

### <a name="Small--Flavour"></a>\`Small::Flavour\`

How the agent gets in

Alias of \`Enum['distro', 'openvox']\`

### <a name="Small--Gem"></a>\`Small::Gem\`

Alias of \`Enum['openvox', 'puppet']\`
`;

test('moduleReference has the flavours of the module, and nothing else changes', async () => {
  const { model } = await smallProject({ module: { flavours: { gem: null } } });
  expect(moduleReference(TEXT, model)).toBe(TEXT.replace("Enum['distro', 'openvox']", "Enum['distro']"));
});
