import { execa } from 'execa';
import fs from 'fs-extra';
import type { Host } from '../host/host.ts';
import { configureAgent } from './agent.ts';
import { MODULES, SETTINGS } from './paths.ts';
import { serverSettings } from './settings.ts';
import { classify } from './site-manifest.ts';

/** Existing clones start when the host boots. An agent that finds no server tries again only after half an hour. */
const CLONES_AFTER_SERVER = '[Unit]\nAfter=puppetserver.service\n';

/**
 * Keeps many clones from taking the server's share of the CPU.
 *
 * Normally, slices guarantee services half of the CPU, however many clones there are. In a container whose control
 * groups lack the cpu controller, the kernel schedules by session: one for the server, and one for each agent.
 */
const CPU_SHARE = `[Service]
ExecStartPost=-+/bin/sh -c 'echo -10 > /proc/$MAINPID/autogroup'
`;

/**
 * Debian's server does not answer the request that follows a certificate request on the same connection, until it closes
 * the connection as idle. The agent then asks again on another one, so its first run waits for this long, by default 30 s.
 * Agents give up idle connections after 4 s.
 */
const IDLE_TIMEOUT = 'webserver: { idle-timeout-milliseconds: 5000 }\n';

/**
 * Configures the Puppet server on a host that is down.
 *
 * @param start - Whether the server starts when its host boots
 */
export async function configureServer(server: Host, start: boolean): Promise<void> {
  const addDropIn = (unit: string, content: string) =>
    fs.outputFile(server.file(`etc/systemd/system/${unit}.d/lab.conf`), content);
  await configureAgent(server, serverSettings({ puppetdb: false }));
  await classify(server);
  await fs.outputFile(server.file(`${SETTINGS}/lab-webserver.conf`), IDLE_TIMEOUT);
  await addDropIn('puppet-clone-army-prepare@.service', CLONES_AFTER_SERVER);
  await addDropIn('puppetserver.service', CPU_SHARE);
  await startAtBoot(server, start);
}

/** Configures a clone host that is down and does not run the server. Its image may contain one all the same. */
export async function configureCloneHost(host: Host): Promise<void> {
  await configureAgent(host);
  if (await fs.pathExists(host.file('usr/bin/puppetserver'))) await startAtBoot(host, false);
}

async function startAtBoot(host: Host, start: boolean): Promise<void> {
  await execa('systemctl', [`--root=${host.root}`, start ? 'enable' : 'disable', 'puppetserver.service']);
}

/** Installs a module on the server, as `puppet module install` would. */
export async function installModule(server: Host, module: string): Promise<void> {
  const target = server.file(`${MODULES}/clone_army`);
  await fs.remove(target);
  await fs.copy(module, target);
}
