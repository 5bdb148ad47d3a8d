import { DEFAULT_MODULE, namesOf } from '../../../model/names.ts';
import type { Host } from '../contract/host.ts';
import { freeBytes } from './free-bytes.ts';
import { inClone } from './in-clone.ts';
import { keepActive } from './keep-active.ts';
import { systemctl } from './systemctl.ts';
import { umount } from './umount.ts';

/** The machine that this process runs on. */
export function thisHost(): Host {
  return {
    names: namesOf(DEFAULT_MODULE),
    root: '',
    uid: process.getuid?.() ?? -1,
    systemctl,
    keepActive,
    umount,
    inClone,
    freeBytes,
    uptime: () => {
      const [seconds, nanoseconds] = process.hrtime();
      return seconds * 1000 + nanoseconds / 1e6;
    },
    now: Date.now,
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
}
