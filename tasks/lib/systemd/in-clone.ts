import { spawn } from 'node:child_process';
import type { RunningCommand } from '../contract/host.ts';
import { plainEnvironment } from './run-command.ts';

/** Maximum length of what is kept of a command's output, in bytes. Root in the clone can write any amount. */
const OUTPUT_MAX = 64 * 1024;

/**
 * Runs a shell script in a running clone, as a unit of the clone's systemd.
 *
 * The script does not depend on this process: if that ends, or no longer waits, the script continues. It fails at its
 * next output, so a script should collect what it prints until its end.
 *
 * @param unit - name of the unit, without suffix; systemd refuses a second one with the same name in the clone
 * @returns exit code of the script, or 1 if systemd-run fails, and the beginning of its output
 */
export function inClone(clone: string, unit: string, script: string): RunningCommand {
  const child = spawn('systemd-run', unitInClone(clone, unit, script), {
    env: plainEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stdout = beginningOf(child.stdout);
  const stderr = beginningOf(child.stderr);
  const output = new Promise<{ code: number; stdout: string; stderr: string }>((resolve, reject) => {
    child.on('error', ({ message }) => reject(new Error(`systemd-run cannot be run: ${message}`)));
    child.on('close', (code) => resolve({ code: code ?? -1, stdout: stdout(), stderr: stderr() }));
  });
  return {
    output,
    leave() {
      child.kill('SIGKILL');
      child.stdout.destroy();
      child.stderr.destroy();
    },
  };
}

/**
 * Arguments of systemd-run to run a shell script as a unit of a clone's systemd, with its streams, and to wait for it.
 *
 * @param properties - of the unit, such as `RuntimeMaxSec=60`
 */
export function unitInClone(
  clone: string,
  unit: string,
  script: string,
  properties: readonly string[] = [],
): string[] {
  const options = [`--machine=${clone}`, `--unit=${unit}`, '--quiet', '--collect', '--wait', '--pipe'];
  return [...options, ...properties.map((property) => `--property=${property}`), '/bin/sh', '-c', script];
}

/** Reads a stream to its end, and keeps its beginning. */
function beginningOf(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = [];
  let length = 0;
  stream.on('data', (chunk: Buffer) => {
    if (length < OUTPUT_MAX) chunks.push(chunk.slice(0, OUTPUT_MAX - length));
    length += chunk.length;
  });
  return () => Buffer.concat(chunks).toString();
}
