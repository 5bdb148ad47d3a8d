import path from 'node:path';
import { execa, type Options } from 'execa';
import fs from 'fs-extra';
import YAML from 'yaml';
import { gemEnv } from './gems.ts';
import type { Host } from './host.ts';
import { MODULE } from './paths.ts';

/** Name of the lab's host in the inventory. */
export const TARGET = 'clonehost';

/** Writes a Bolt project that knows the lab's host. */
export async function writeProject(host: Host): Promise<string> {
  const project = path.join(host.home, 'bolt');
  const state = await host.state();
  await fs.outputFile(
    path.join(project, 'bolt-project.yaml'),
    YAML.stringify({
      name: 'lab',
      analytics: false,
      modulepath: [path.dirname(MODULE)],
      'save-rerun': false,
    }),
  );
  await fs.outputFile(
    path.join(project, 'inventory.yaml'),
    YAML.stringify({
      targets: [{ name: TARGET, uri: `ssh://127.0.0.1:${state?.port}`, features: ['puppet-agent'] }],
      config: {
        transport: 'ssh',
        ssh: {
          user: 'root',
          'private-key': host.key,
          'host-key-check': false,
          interpreters: { rb: '/usr/bin/ruby' },
        },
      },
    }),
  );
  return project;
}

/** Arguments of Bolt for the lab's host: it is the target where words name none and the command takes one. */
export function withTarget(words: readonly string[]): string[] {
  const named = words.some((word) => /^(-t|--targets|-q|--query|--rerun)(=|$)/.test(word));
  const acts = ['apply', 'command', 'task', 'plan', 'script', 'file'].includes(words[0] ?? '');
  return named || !acts || words.includes('show') ? [...words] : [...words, '--targets', TARGET];
}

/** Runs Bolt with the lab's project, over ssh. */
export async function bolt<T extends Options>(host: Host, words: readonly string[], options?: T) {
  const project = await writeProject(host);
  const args = ['exec', 'bolt', ...withTarget(words), '--project', project];
  return execa('bundle', args, { env: await gemEnv(), ...options } as T);
}

/** What one target answered. */
export interface Result {
  readonly status: 'success' | 'failure';
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the task's
  readonly value: any;
}

/** The answer of one target in Bolt's JSON: `bolt apply` has a list of results, other commands an object that holds it. */
export function resultIn(json: string): Result {
  const answer = JSON.parse(json);
  return (Array.isArray(answer) ? answer : answer.items)[0];
}

/** Runs Bolt and reads the answer of the lab's host from its JSON. */
export async function boltJson(host: Host, words: readonly string[]): Promise<Result> {
  const { stdout, stderr } = await bolt(host, [...words, '--format', 'json'], { reject: false });
  try {
    return resultIn(stdout);
  } catch {
    throw new Error(`bolt ${words.join(' ')} gave no result: ${stdout}\n${stderr}`);
  }
}

/** `bolt apply` of Puppet code on the lab's host. */
export async function applyCode(host: Host, code: string): Promise<Result> {
  return boltJson(host, ['apply', '--execute', code]);
}

/** `bolt task run` on the lab's host. */
export async function runTask(
  host: Host,
  task: string,
  parameters: Record<string, unknown> = {},
  ...flags: string[]
): Promise<Result> {
  return boltJson(host, ['task', 'run', task, '--params', JSON.stringify(parameters), ...flags]);
}
