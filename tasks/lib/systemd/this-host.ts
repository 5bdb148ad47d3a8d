import * as os from 'node:os';
import { DEFAULT_MODULE, namesOf } from '../../../model/names.ts';
import type { Host } from '../contract/host.ts';
import { buildBase } from './build-base.ts';
import { freeBytes } from './free-bytes.ts';
import { inClone } from './in-clone.ts';
import { keepActive } from './keep-active.ts';
import { serverCa } from './server-ca.ts';
import { startUnit } from './start-unit.ts';
import { systemctl } from './systemctl.ts';
import { umount } from './umount.ts';

/** The machine that this process runs on. */
export function thisHost(): Host {
  const names = namesOf(DEFAULT_MODULE);
  return {
    names,
    root: '',
    uid: process.getuid?.() ?? -1,
    processors: os.cpus().length,
    systemctl,
    keepActive,
    umount,
    inClone,
    startUnit,
    buildBase: (base, seconds) => buildBase(`${names.libexecDir}/build-base`, base, seconds),
    serverCa,
    freeBytes,
    uptime: () => {
      const [seconds, nanoseconds] = process.hrtime();
      return seconds * 1000 + nanoseconds / 1e6;
    },
    now: Date.now,
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
}
