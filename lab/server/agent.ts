import fs from 'fs-extra';
import type { Host } from '../host/host.ts';
import { SERVER } from '../hosts.ts';

const AGENT = ['[main]', `server = ${SERVER}`, '[agent]', 'usecacheonfailure = false'];

/**
 * Writes the puppet.conf of a host.
 *
 * @param more - Lines to append to the agent's settings
 */
export async function configureAgent(host: Host, more: readonly string[] = []): Promise<void> {
  await fs.outputFile(
    host.file('etc/puppet/puppet.conf'),
    ['# Written by the lab', ...AGENT, ...more, ''].join('\n'),
  );
}
