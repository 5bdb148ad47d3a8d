/** Environment that the server compiles catalogs from, relative to its host's root. */
const ENVIRONMENT = 'etc/puppet/code/environments/production';

/** The server's modules, as a path on its host. */
export const MODULES = `/${ENVIRONMENT}/modules`;

/** Paths relative to the root of the server's host. */
export const SETTINGS = 'etc/puppet/puppetserver/conf.d';
export const ACCESS_LOG = 'var/log/puppetserver/puppetserver-access.log';
export const SITE_MANIFEST = `${ENVIRONMENT}/manifests/site.pp`;
export const SIGNED_CERTIFICATES = 'etc/puppet/puppetserver/ca/signed';
export const REPORTS = 'var/lib/puppetserver/reports';
