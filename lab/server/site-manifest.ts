import fs from 'fs-extra';
import type { Host } from '../host/host.ts';
import { CLONE_HOST_CERTNAMES } from '../hosts.ts';
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
 * @param declarations - Puppet code for the clone hosts. Without it, their catalogs are empty.
 */
export async function classify(server: Host, declarations = ''): Promise<void> {
  const hosts = CLONE_HOST_CERTNAMES.map((certname) => `'${certname}'`).join(', ');
  await fs.outputFile(server.file(SITE_MANIFEST), `${CLONES}\nnode ${hosts} {\n${declarations}\n}\n`);
}
