import fs from 'fs-extra';
import type { Host } from '../host/host.ts';
import { SERVER } from '../hosts.ts';
import { waitUntil } from '../wait.ts';
import { configureAgent } from './agent.ts';
import { restartServer } from './restart.ts';
import { serverSettings } from './settings.ts';

const TERMINUS = 'etc/puppet/puppetdb.conf';

/** A small heap: the lab shares this machine's memory with its fleets. */
const HEAP = 'JAVA_ARGS="-Xmx512m"\n';

const HTTPS_PORT = 8081;
const HTTP_PORT = 8080;

/** Catalogs fail while PuppetDB does not answer. */
const SERVER_AFTER_PUPPETDB = '[Unit]\nAfter=puppetdb.service\nWants=puppetdb.service\n';

/** Facts are saved in PuppetDB, and cached on the server as without it. */
const ROUTES = 'server:\n  facts:\n    terminus: puppetdb\n    cache: yaml\n';

/** Whether the server stores catalogs, facts and reports in PuppetDB. */
export async function hasPuppetdb(server: Host): Promise<boolean> {
  return fs.pathExists(server.file(TERMINUS));
}

/** Installs the distribution's PuppetDB and PostgreSQL. The package creates the database. */
export async function installPuppetdb(server: Host): Promise<void> {
  const install = 'DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install';
  // PostgreSQL has to run before PuppetDB is configured.
  await server.ssh([`${install} postgresql && ${install} puppetdb puppet-terminus-puppetdb`]);
}

/** Connects PuppetDB and the server, which must have its certificate, and restarts both. */
export async function configurePuppetdb(server: Host): Promise<void> {
  await fs.outputFile(server.file('etc/default/puppetdb'), HEAP);
  await fs.outputFile(server.file('etc/puppetdb/conf.d/jetty.ini'), await jettySettings(server));
  await server.ssh([
    'adduser --quiet puppetdb puppet && systemctl enable puppetdb.service && systemctl restart puppetdb.service',
  ]);
  await fs.outputFile(
    server.file('etc/systemd/system/puppetserver.service.d/puppetdb.conf'),
    SERVER_AFTER_PUPPETDB,
  );
  await fs.outputFile(server.file('etc/puppet/routes.yaml'), ROUTES);
  await configureAgent(server, serverSettings({ puppetdb: true }));
  await fs.outputFile(server.file(TERMINUS), `[main]\nserver_urls = https://${SERVER}:${HTTPS_PORT}\n`);
  await restartServer(server);
}

/** PuppetDB uses the server's own certificate, as both run on one host. */
async function jettySettings(server: Host): Promise<string> {
  const print = 'puppet config print --section server hostprivkey hostcert localcacert';
  const printed = String((await server.ssh([print])).stdout);
  const path = (setting: string) => new RegExp(`^${setting} = (.+)$`, 'm').exec(printed)?.[1];
  return [
    '[jetty]',
    'host = 127.0.0.1',
    `port = ${HTTP_PORT}`,
    'ssl-host = 127.0.0.1',
    `ssl-port = ${HTTPS_PORT}`,
    `ssl-key = ${path('hostprivkey')}`,
    `ssl-cert = ${path('hostcert')}`,
    `ssl-ca-cert = ${path('localcacert')}`,
    'access-log-config = /etc/puppetdb/request-logging.xml',
    '',
  ].join('\n');
}

/** Asks PuppetDB a question in its query language. Returns the rows of its answer. */
export async function queryPuppetdb<Row>(query: string): Promise<Row[]> {
  const url = `http://127.0.0.1:${HTTP_PORT}/pdb/query/v4?query=${encodeURIComponent(query)}`;
  const response = await fetch(url);
  if (!response.ok) throw new Error(`PuppetDB answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Row[];
}

/** Waits until PuppetDB has processed what the server has sent. */
export async function waitForEmptyQueue(timeoutMs = 60_000): Promise<void> {
  const empty = async () => (await queueDepth()) === 0;
  await waitUntil(empty, {
    timeoutMs,
    intervalMs: 500,
    timeoutError: () => new Error(`PuppetDB still had commands in its queue after ${timeoutMs / 1000} s`),
  });
}

async function queueDepth(): Promise<number | undefined> {
  const response = await fetch(`http://127.0.0.1:${HTTP_PORT}/status/v1/services/puppetdb-status`);
  const { status } = (await response.json()) as { status: { queue_depth?: number } };
  return status.queue_depth;
}
