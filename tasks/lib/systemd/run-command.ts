import { spawn } from 'node:child_process';
import type { Output } from '../contract/host.ts';

/** Environment for commands whose output is parsed: English messages without colours. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, LC_ALL: 'C', SYSTEMD_COLORS: '0' };
}

/**
 * Runs a command and waits for it. A non-zero exit code is not an error.
 *
 * @throws Error if the command cannot be run or is terminated by a signal
 */
export function runCommand(command: string, args: readonly string[]): Promise<Output> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: plainEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', ({ message }) => reject(new Error(`${command} cannot be run: ${message}`)));
    child.on('close', (code, signal) => {
      if (signal) reject(new Error(`${command} ${args[0]} was terminated by ${signal}`));
      else resolve({ code: code ?? -1, stdout: text(stdout), stderr: text(stderr) });
    });
  });
}

function text(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString();
}
