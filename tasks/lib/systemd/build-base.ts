import { spawn } from 'node:child_process';
import type { Output } from '../contract/host.ts';
import { plainEnvironment } from './run-command.ts';

/** How much of the end of the output is kept, in characters. */
const OUTPUT_MAX = 16 * 1024;

/**
 * Runs the script that builds a base image. A script that takes too long is terminated, and removes what it has built.
 *
 * @param script - path of `build-base`
 * @param seconds - timeout
 * @returns exit code and the end of the output, or null after the timeout
 * @throws Error if the script cannot be run
 */
export function buildBase(script: string, base: string, seconds: number): Promise<Output | null> {
  return new Promise((resolve, reject) => {
    // In a process group of its own, because dash handles a signal only after its current command has ended.
    const child = spawn(script, [base], {
      env: plainEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let [stdout, stderr, isLate] = ['', '', false];
    const timer = setTimeout(() => {
      isLate = true;
      if (child.pid) process.kill(-child.pid, 'SIGTERM');
    }, seconds * 1000);
    child.stdout.on('data', (chunk) => {
      stdout = (stdout + chunk).slice(-OUTPUT_MAX);
    });
    child.stderr.on('data', (chunk) => {
      stderr = (stderr + chunk).slice(-OUTPUT_MAX);
    });
    child.on('error', ({ message }) => {
      clearTimeout(timer);
      reject(new Error(`${script} cannot be run: ${message}`));
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve(isLate ? null : { code: code ?? -1, stdout, stderr });
    });
  });
}
