import fs from 'fs-extra';
import type { Host } from '../host/host.ts';
import { SETTINGS } from './paths.ts';
import { restartServer } from './restart.ts';
import { classify } from './site-manifest.ts';

/** What limits the number of catalogs that a server compiles. */
export interface Capacity {
  /** Number of JRubies. Default: by the number of processors. */
  readonly jrubies?: number;
  /** Seconds that each compilation sleeps, holding its JRuby. */
  readonly compileSeconds?: number;
}

/**
 * Gives the server a known capacity, and restarts it: with n JRubies and s seconds for each compilation, it compiles at
 * most 60 n / s catalogs a minute, at next to no CPU.
 */
export async function configureCapacity(
  server: Host,
  { jrubies, compileSeconds = 0 }: Capacity,
): Promise<void> {
  const file = server.file(`${SETTINGS}/lab.conf`);
  if (jrubies) await fs.outputFile(file, `jruby-puppet: { max-active-instances: ${jrubies} }\n`);
  else await fs.remove(file);
  const clones =
    compileSeconds > 0
      ? `class { 'clone_army::workload': compile_time => ${compileSeconds}, compile_with => 'sleep' }`
      : '';
  await classify(server, { clones });
  await restartServer(server);
}
