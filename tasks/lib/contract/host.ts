import type { Names } from '../../../model/names.ts';

/** What a finished command left behind. */
export interface Output {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Releases units; systemd then stops those that nothing else needs. */
export type Release = () => Promise<void>;

/** Everything that tasks ask of the machine they run on. Tests supply another one. */
export interface Host {
  readonly names: Names;
  /** Prefix of every path: empty on a real host. */
  readonly root: string;
  readonly uid: number;
  /** Runs systemctl to its end. */
  systemctl(args: readonly string[]): Promise<Output>;
  /** Keeps units active that `StopWhenUnneeded=` would stop (see `keep-active.ts`). */
  keepActive(scope: string, units: readonly string[]): Promise<Release>;
  /** Unmounts as many of these folders as it can (see `umount.ts`). */
  umount(folders: readonly string[]): Promise<Output>;
  /** Bytes free on the file system of a folder; null if unknown. */
  freeBytes(folder: string): number | null;
  /** Milliseconds of CLOCK_MONOTONIC, the clock that systemd uses too. */
  uptime(): number;
  /** Milliseconds since 1970. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}
