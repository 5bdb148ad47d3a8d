import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Release } from '../contract/host.ts';
import { plainEnvironment } from './run-command.ts';

/**
 * Has systemd take these units for needed, so that `StopWhenUnneeded=` leaves them alone.
 *
 * They are held by a scope that requires them. It lasts as long as its process does, and that ends with this one,
 * however this one ends. Where systemd grants no such scope, because one of the units is no longer active, they are not
 * held.
 *
 * @param scope - name of the scope's unit, without its type
 */
export async function keepActive(scope: string, units: readonly string[]): Promise<Release> {
  if (units.length === 0) return async () => {};
  // Requisite= and not Requires=, which would have what the units require started once more.
  const properties = units.map((unit) => `--property=Requisite=${unit}`);
  const args = ['--scope', '--quiet', '--collect', `--unit=${scope}`, ...properties, 'cat'];
  const child = spawn('systemd-run', args, { env: plainEnvironment(), stdio: ['pipe', 'pipe', 'ignore'] });
  const ended = new Promise<void>((resolve) => {
    child.on('error', () => resolve());
    child.on('close', () => resolve());
  });
  // One that has ended takes no more.
  child.stdin.on('error', () => {});

  // The scope is there when its process answers.
  child.stdin.write('\n');
  await Promise.race([once(child.stdout, 'data'), ended]);
  return async () => {
    child.stdin.end();
    await ended;
  };
}
