import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { build } from 'esbuild';
import { layoutOf } from '../../generator/layout.ts';
import { readTasks } from '../../generator/load/tasks.ts';
import type { FakeHost } from './host.ts';
// readTasks imports all tasks concurrently, and Jest loses modules that are shared by concurrent imports.
import '../load_collect.ts';
import '../load_compare.ts';
import '../load_profile.ts';
import '../load_ready.ts';
import '../load_report.ts';
import '../load_search.ts';
import '../load_start.ts';
import '../load_status.ts';
import '../load_stop.ts';
import '../logs.ts';
import '../rebuild.ts';
import '../reset.ts';
import '../restart.ts';
import '../run.ts';
import '../start.ts';
import '../status.ts';
import '../stop.ts';

/** Node versions for bundle tests: the oldest on a supported system, and some newer ones. */
export const NODES = [12, 18, 22, 24] as const;

const LAYOUT = layoutOf();

/** Path of a Node version that is installed for tests. */
export function nodeBinary(version: number): string {
  const binary = path.join(LAYOUT.spec, `node/node_modules/node-${version}/bin/node`);
  if (!fs.existsSync(binary)) {
    throw new Error(`Node ${version} is not installed at ${binary}: run "npm ci --prefix spec/node"`);
  }
  return binary;
}

/** Builds the bundles of all tasks in the same way as the generator, and the fake systemctl. */
export async function makeBundles(): Promise<{ tasks: ReadonlyMap<string, string>; systemctl: string }> {
  const tasks = await readTasks(LAYOUT);
  const { outputFiles } = await build({
    entryPoints: [path.join(LAYOUT.tasks, 'testing/systemctl.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    banner: { js: `#!${process.execPath}` },
  });
  return {
    tasks: new Map(tasks.map(({ name, bundle }) => [name, bundle])),
    systemctl: outputFiles[0]?.text ?? '',
  };
}

/** Result of a task's process. */
export interface ProcessResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a bundle in the same way as Bolt: alone in an empty folder, with JSON on standard input.
 *
 * A mount namespace replaces /etc, /var/lib and /sys/fs/cgroup by those of the fake host. If this process is not root,
 * it also gets a user namespace in which it is.
 *
 * @param systemctl - source of the fake systemctl; null for a host without systemctl
 */
export async function runBundle(
  node: string,
  bundle: string,
  input: string,
  host: FakeHost,
  systemctl: string | null,
): Promise<ProcessResult> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bolt-'));
  const commands = path.join(host.root, 'commands');
  for (const below of ['etc', 'var/lib', 'sys/fs/cgroup', 'commands'])
    fs.mkdirSync(path.join(host.root, below), { recursive: true });
  if (systemctl !== null) {
    fs.writeFileSync(path.join(commands, 'systemctl'), systemctl, { mode: 0o755 });
    fs.writeFileSync(path.join(commands, 'systemctl.json'), JSON.stringify(host.systemd.state));
  }
  if (!fs.existsSync(path.join(commands, 'df'))) fs.symlinkSync('/bin/df', path.join(commands, 'df'));
  const task = path.join(folder, 'task.js');
  fs.writeFileSync(task, bundle, { mode: 0o755 });

  const script =
    'for i in etc var/lib sys/fs/cgroup; do mount --bind "$1/$i" "/$i" || exit; done; cd "$2" && PATH="$3" exec "$4" "$5"';
  const rootless = process.getuid?.() === 0 ? [] : ['--map-root-user'];
  const args = [...rootless, '--mount', 'sh', '-c', script, 'sh', host.root, folder, commands, node, task];
  try {
    return await runProcess('unshare', args, input);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** Calls of the fake systemctl that change something. */
export function changesOf(host: FakeHost): string[][] {
  const state = JSON.parse(fs.readFileSync(path.join(host.root, 'commands/systemctl.json'), 'utf8'));
  Object.assign(host.systemd.state, state);
  return host.changes;
}

/** Runs a program with this text on standard input. */
export function runProcess(command: string, args: readonly string[], input: string): Promise<ProcessResult> {
  return new Promise((resolve, reject) => {
    // Environment variables of this process, such as NODE_OPTIONS, must not affect the task.
    const child = spawn(command, args, { env: { PATH: process.env.PATH } });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
    child.stdin.end(input);
  });
}
