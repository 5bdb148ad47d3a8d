import fs from 'fs-extra';
import type { Host } from '../host/host.ts';
import { SITE_MANIFEST } from './paths.ts';

/** The catalog of every clone: one file that tells which certname it was compiled for. */
const CLONES = `node default {
  file { '/etc/clone_army_lab':
    content => "catalog of \${trusted['certname']}\\n",
  }
}
`;

/**
 * Writes the server's site.pp.
 *
 * @param declarations - Puppet code for the clone host. Without it, the host's catalog is empty.
 */
export async function classify(server: Host, cloneHost: Host, declarations = ''): Promise<void> {
  await fs.outputFile(
    server.file(SITE_MANIFEST),
    `${CLONES}\nnode '${cloneHost.certname}' {\n${declarations}\n}\n`,
  );
}
