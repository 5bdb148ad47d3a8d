import { SERVER } from '../hosts.ts';

/**
 * The server's section of puppet.conf.
 *
 * @param puppetdb - Whether catalogs, facts and reports go to PuppetDB
 */
export function serverSettings({ puppetdb }: { puppetdb: boolean }): string[] {
  return [
    '[server]',
    `certname = ${SERVER}`,
    'autosign = true',
    ...(puppetdb
      ? ['reports = store,puppetdb', 'storeconfigs = true', 'storeconfigs_backend = puppetdb']
      : ['reports = store', 'storeconfigs = false']),
  ];
}
