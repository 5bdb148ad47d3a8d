import { type Agent, agentFileOf } from '../../../model/names.ts';
import type { Schema } from '../../../model/schema.ts';
import type { Host } from '../contract/host.ts';
import { violations } from '../contract/schema.ts';
import { readBelow } from './read-below.ts';

const SCHEMA: Schema = {
  type: 'object',
  required: ['version', 'publicdir', 'statedir'],
  properties: { version: { type: 'string' }, publicdir: { type: 'string' }, statedir: { type: 'string' } },
};

/** Reads the agent of a base image. Returns undefined if the image is not built, or its record is missing or invalid. */
function readAgent({ names, root }: Host, base: string): Agent | undefined {
  const path = agentFileOf(names, base).slice(names.stateDir.length);
  try {
    const agent: unknown = JSON.parse(readBelow(root + names.stateDir, path) ?? '');
    return violations(SCHEMA, agent).length === 0 ? (agent as Agent) : undefined;
  } catch {
    return undefined;
  }
}

/** Creates a function that reads the agent of a base image, each of them once. */
export function agentReader(host: Host): (base: string) => Agent | undefined {
  const agents = new Map<string, Agent | undefined>();
  return (base) => {
    if (!agents.has(base)) agents.set(base, readAgent(host, base));
    return agents.get(base);
  };
}

/** Path of the summary of the last agent run. Before version 7, agents kept it in `statedir`. */
export function summaryFileOf({ version, publicdir, statedir }: Agent): string {
  return `${Number.parseInt(version, 10) < 7 ? statedir : publicdir}/last_run_summary.yaml`;
}

/** A path without `..` or characters that would end a line. */
const PLAIN_PATH = /^(\/(?!\.\.?(\/|$))[A-Za-z0-9._+~-]+)+$/;

/** Folder of the agent's keys and certificates. Returns undefined if it is not a plain absolute path. */
export function sslFolderOf({ ssldir }: Partial<Agent>): string | undefined {
  return ssldir !== undefined && PLAIN_PATH.test(ssldir) ? ssldir : undefined;
}
