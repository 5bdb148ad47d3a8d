import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Release } from '../contract/host.ts';
import { plainEnvironment } from './run-command.ts';

/**
 * Keeps units active that systemd would otherwise stop because of `StopWhenUnneeded=`.
 *
 * It creates a scope that requires the units. The scope exists as long as its process, which ends when this process
 * ends for any reason. If systemd refuses to create the scope because one of the units is no longer active, the units
 * are not kept active.
 *
 * @param scope - unit name of the scope, without suffix
 */
export async function keepActive(scope: string, units: readonly string[]): Promise<Release> {
  if (units.length === 0) return async () => {};
  // Requires= would also start the units that these units require.
  const properties = units.map((unit) => `--property=Requisite=${unit}`);
  const args = ['--scope', '--quiet', '--collect', `--unit=${scope}`, ...properties, 'cat'];
  const child = spawn('systemd-run', args, { env: plainEnvironment(), stdio: ['pipe', 'pipe', 'ignore'] });
  const ended = new Promise<void>((resolve) => {
    child.on('error', () => resolve());
    child.on('close', () => resolve());
  });
  // Writing fails if the process has already ended.
  child.stdin.on('error', () => {});

  // Once its process responds, the scope exists.
  child.stdin.write('\n');
  await Promise.race([once(child.stdout, 'data'), ended]);
  return async () => {
    child.stdin.end();
    await ended;
  };
}
