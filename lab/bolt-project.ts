import path from 'node:path';
import fs from 'fs-extra';
import YAML from 'yaml';
import type { Host } from './host/host.ts';
import { MODULE } from './paths.ts';

/** Writes a Bolt project whose inventory lists these hosts. */
export async function writeProject(folder: string, hosts: readonly Host[]): Promise<void> {
  const write = (name: string, content: unknown) =>
    fs.outputFile(path.join(folder, name), YAML.stringify(content));
  await write('bolt-project.yaml', {
    name: 'lab',
    analytics: false,
    modulepath: [path.dirname(MODULE)],
    'save-rerun': false,
  });
  await write('inventory.yaml', { targets: await Promise.all(hosts.map(targetOf)) });
}

async function targetOf(host: Host) {
  const { port } = await host.assertUp();
  return {
    name: host.target,
    uri: `ssh://127.0.0.1:${port}`,
    features: ['puppet-agent'],
    config: {
      transport: 'ssh',
      ssh: {
        user: 'root',
        'private-key': host.key,
        'host-key-check': false,
        interpreters: { rb: '/usr/bin/ruby' },
      },
    },
  };
}
