import { spawn } from 'node:child_process';
import { TaskError } from './errors.ts';

/** What a finished command left behind. */
export interface Output {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What systemctl says where there is no systemd to talk to; in a chroot it does nothing and calls that a success. */
const UNREACHABLE =
  /not been booted with systemd|Failed to (connect to|get D-Bus connection)|Running in chroot, ignoring|Transport endpoint is not connected/;

/**
 * Runs `systemctl` with these arguments; complaints about single units are the caller's to read.
 *
 * @throws TaskError `no-systemd`, where there is no systemctl or it finds no systemd
 */
export function systemctl(args: readonly string[]): Promise<Output> {
  return new Promise((resolve, reject) => {
    // The messages that are looked for are English, and never coloured.
    const env = { ...process.env, LC_ALL: 'C', SYSTEMD_COLORS: '0' };
    const child = spawn('systemctl', args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', ({ message }) => reject(noSystemd(`systemctl cannot be run: ${message}`)));
    child.on('close', (code, signal) => {
      const output = { code: code ?? -1, stdout: text(stdout), stderr: text(stderr) };
      if (UNREACHABLE.test(output.stderr)) reject(noSystemd(output.stderr.trim()));
      else if (signal) reject(new Error(`systemctl ${args[0]} was ended by ${signal}`));
      else resolve(output);
    });
  });
}

function text(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString();
}

function noSystemd(problem: string): TaskError {
  const remedy = 'Clones run on Linux hosts whose process 1 is systemd, and not from within a chroot';
  return new TaskError('no-systemd', `No systemd answers on this host. ${remedy}. ${problem}`, { problem });
}
