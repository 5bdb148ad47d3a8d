import fs from 'fs-extra';
import type { Host } from '../host/host.ts';
import { CLONE_HOST_CERTNAMES } from '../hosts.ts';
import { SITE_MANIFEST } from './paths.ts';

/** Puppet code for the nodes of a lab. */
export interface Classification {
  /** For the clone hosts. Without it, their catalogs are empty. */
  readonly hosts?: string;
  /** For all clones, in addition to a file that tells which certname the catalog was compiled for. */
  readonly clones?: string;
  /** Further node definitions, for clones that differ. */
  readonly nodes?: string;
}

/** Writes the server's site.pp. */
export async function classify(
  server: Host,
  { hosts = '', clones = '', nodes = '' }: Classification = {},
): Promise<void> {
  const certnames = CLONE_HOST_CERTNAMES.map((certname) => `'${certname}'`).join(', ');
  await fs.outputFile(
    server.file(SITE_MANIFEST),
    `node default {
  file { '/etc/clone_army_lab':
    content => "catalog of \${trusted['certname']}\\n",
  }
${clones}
}

node ${certnames} {
${hosts}
}

${nodes}
`,
  );
}
