import { spawn } from 'node:child_process';
import type { Duplex } from 'node:stream';
import { unitInClone } from '../../tasks/lib/systemd/in-clone.ts';
import { plainEnvironment } from '../../tasks/lib/systemd/run-command.ts';

/** A script in a clone that reads and prints lines. */
export interface Connection {
  send(line: string): void;
  /** Ends the script's input. */
  end(): void;
  /** Stops listening to the script, which finds its input ended. */
  destroy(): void;
}

export interface Listener {
  onLine(line: string): void;
  /** The script has ended, or could not be started. Called once. */
  onClose(why: string): void;
}

/** Starts a script in a clone. */
export type Connect = (clone: string, script: string, listener: Listener) => Connection;

/** Maximum length of a line. Root in the clone can write any amount. */
const LINE_MAX = 64 * 1024;

/** Maximum length of what is kept of error messages. */
const ERRORS_MAX = 1000;

/**
 * Creates a function that starts scripts in running clones, as units of the clones' systemd.
 *
 * systemd-run hands its end of a socket to the unit. It then could only wait, so it is ended when the first line comes: a
 * thousand of them would take memory.
 *
 * @param unit - name of the unit, without suffix
 * @param seconds - after which systemd ends the unit
 */
export function connectBySystemd(unit: string, seconds: number): Connect {
  return (clone, script, { onLine, onClose }) => {
    const properties = [`RuntimeMaxSec=${seconds}`, 'TimeoutStopSec=20', 'OOMScoreAdjust=500'];
    const command = ['systemd-run', ...unitInClone(clone, unit, script, properties)];
    // Node closes the standard input of a process that has ended, but not the fourth stream.
    const child = spawn('/bin/sh', ['-c', 'exec "$@" <&3 >&3 3>&-', 'sh', ...command], {
      env: plainEnvironment(),
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    });
    const socket = child.stdio[3] as Duplex;
    let errors = '';
    let isOpen = true;
    child.stderr?.on('data', (chunk) => {
      errors = (errors + chunk).slice(0, ERRORS_MAX);
    });
    const close = () => {
      if (!isOpen) return;
      isOpen = false;
      onClose(errors.trim() || 'its clone or its session ended');
    };
    child.on('error', (error) => {
      errors = `systemd-run cannot be run: ${error.message}`;
      close();
    });
    const read = lineReader((line) => {
      child.kill('SIGKILL');
      if (isOpen) onLine(line);
    });
    socket.on('data', (chunk: Buffer) => {
      if (read(chunk)) return;
      errors = 'its session printed a line without end';
      socket.destroy();
      close();
    });
    // An error of the socket is followed by its end. The process is closed when its streams are, and thus with the script.
    socket.on('error', () => {});
    child.on('close', close);
    return {
      send: (line) => void socket.write(`${line}\n`),
      end: () => void socket.end(),
      destroy() {
        socket.destroy();
        close();
      },
    };
  };
}

/** Splits data into lines. The result tells whether to go on: no line of a script is longer than the maximum. */
function lineReader(onLine: (line: string) => void): (chunk: Buffer) => boolean {
  let rest = '';
  return (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() as string;
    for (const line of lines) onLine(line);
    return rest.length <= LINE_MAX;
  };
}
