import { DEFAULT_MODULE, type Names, namesOf } from '../../generator/model/names.ts';
import type { Output } from './command.ts';
import { freeBytes } from './disk.ts';
import { hold, type Release } from './hold.ts';
import { systemctl } from './systemctl.ts';
import { umount } from './umount.ts';

/** All that tasks ask of the machine they run on, so that tests can give them another. */
export interface Host {
  readonly names: Names;
  /** What stands before every path: nothing on a real host. */
  readonly root: string;
  readonly uid: number;
  /** Runs systemctl to its end. */
  systemctl(args: readonly string[]): Promise<Output>;
  /** Has systemd take units for needed (see {@link hold}). */
  hold(scope: string, units: readonly string[]): Promise<Release>;
  /** Unmounts folders, all that it can (see {@link umount}). */
  umount(folders: readonly string[]): Promise<Output>;
  /** Bytes that are free on the file system of a folder; null where nobody tells. */
  freeBytes(folder: string): number | null;
  /** Milliseconds of CLOCK_MONOTONIC, which systemd counts in too. */
  uptime(): number;
  /** Milliseconds since 1970. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

/** The machine that this process runs on. */
export function thisHost(): Host {
  return {
    names: namesOf(DEFAULT_MODULE),
    root: '',
    uid: process.getuid?.() ?? -1,
    systemctl,
    hold,
    umount,
    freeBytes,
    uptime: () => {
      const [seconds, nanoseconds] = process.hrtime();
      return seconds * 1000 + nanoseconds / 1e6;
    },
    now: Date.now,
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
}
