import type { Names } from '../../../model/names.ts';

/** Result of a command. */
export interface Output {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Releases units that were kept active. systemd then stops those that are unneeded. */
export type Release = () => Promise<void>;

/** A command in progress. */
export interface RunningCommand {
  /** Rejects if the command cannot be run. */
  readonly output: Promise<Output>;
  /** Stops waiting for the command, which continues. */
  leave(): void;
}

/** A unit that systemd forgets when it has ended. */
export interface TransientUnit {
  /** Name, without suffix. */
  readonly name: string;
  readonly description: string;
  /** Such as `RuntimeMaxSec=60`. */
  readonly properties: readonly string[];
  readonly command: readonly string[];
}

/** Access to the machine that a task runs on. Tests replace it. */
export interface Host {
  readonly names: Names;
  /** Prefix of all paths. Empty on a real host. */
  readonly root: string;
  readonly uid: number;
  /** Number of processors. */
  readonly processors: number;
  /** Runs systemctl and waits for it. */
  systemctl(args: readonly string[]): Promise<Output>;
  /** Keeps units active that `StopWhenUnneeded=` would stop (see `keep-active.ts`). */
  keepActive(scope: string, units: readonly string[]): Promise<Release>;
  /** Unmounts as many of these folders as it can (see `umount.ts`). */
  umount(folders: readonly string[]): Promise<Output>;
  /** Runs a shell script in a running clone, as root (see `in-clone.ts`). */
  inClone(clone: string, unit: string, script: string): RunningCommand;
  /** Starts a transient unit on this host (see `start-unit.ts`). */
  startUnit(unit: TransientUnit): Promise<Output>;
  /** Builds a base image (see `build-base.ts`). Returns null if that takes longer than this many seconds. */
  buildBase(base: string, seconds: number): Promise<Output | null>;
  /** CA certificates of a Puppet server; null if it does not answer with any (see `server-ca.ts`). */
  serverCa(server: string): Promise<string | null>;
  /** Bytes free on the file system of a folder; null if unknown. */
  freeBytes(folder: string): number | null;
  /** Milliseconds on a monotonic clock. */
  uptime(): number;
  /** Milliseconds since 1970. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}
