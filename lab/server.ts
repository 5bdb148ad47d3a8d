import https from 'node:https';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import fs from 'fs-extra';
import type { Host } from './host.ts';
import { LabProblem } from './problem.ts';

/** Certname of the server, which has the address of the clone host, wherever it runs. */
export const SERVER = 'puppet';

const ENVIRONMENT = 'etc/puppet/code/environments/production';
/** Where the server has its modules. */
export const MODULES = `/${ENVIRONMENT}/modules`;

const SIGNED = 'etc/puppet/puppetserver/ca/signed';
const REPORTS = 'var/lib/puppetserver/reports';

/** A JVM that starts beside a building base image takes its time. */
const READY_MS = 240_000;

/** The catalog of every clone: one file, which shows where it came from. */
const CLONES = `node default {
  file { '/etc/clone_army_lab':
    content => "catalog of \${trusted['certname']}\\n",
  }
}
`;

/**
 * Has the server get its share of the processors.
 *
 * A host's slices share them, so that its services have half of them if they need it, however many clones there are.
 * In a container whose control groups are without processors it is each session by itself: one for the server, and
 * one for each agent.
 */
const SHARE = `[Service]
ExecStartPost=-+/bin/sh -c 'echo -10 > /proc/$MAINPID/autogroup'
`;

const AGENT = ['[main]', `server = ${SERVER}`, '[agent]', 'usecacheonfailure = false'];

/** Sets the agent of a host up. */
export async function configureAgent(host: Host, more: readonly string[] = []): Promise<void> {
  await fs.outputFile(
    host.file('etc/puppet/puppet.conf'),
    ['# Written by the lab', ...AGENT, ...more, ''].join('\n'),
  );
}

/**
 * Sets the server up in a host that does not run yet.
 *
 * @param clonehost - The host whose fleet is to check in
 */
export async function configureServer(server: Host, clonehost: Host): Promise<void> {
  await configureAgent(server, [
    '[server]',
    `certname = ${SERVER}`,
    'autosign = true',
    'reports = store',
    'storeconfigs = false',
  ]);
  await classify(server, clonehost);
  // Both come with the host's boot; agents that find no server would try again in half an hour.
  await fs.outputFile(
    server.file('etc/systemd/system/puppet-clone-army-prepare@.service.d/lab.conf'),
    '[Unit]\nAfter=puppetserver.service\n',
  );
  await fs.outputFile(server.file('etc/systemd/system/puppetserver.service.d/lab.conf'), SHARE);
  await execa('systemctl', [`--root=${server.root}`, 'enable', 'puppetserver.service']);
}

/** Gives the server a module, as `puppet module install` would. */
export async function installModule(server: Host, module: string): Promise<void> {
  const target = server.file(`${MODULES}/clone_army`);
  await fs.remove(target);
  await fs.copy(module, target);
}

/**
 * Writes the server's site.pp.
 *
 * @param declarations - Puppet code for the clone host; nothing is applied to it without
 */
export async function classify(server: Host, clonehost: Host, declarations = ''): Promise<void> {
  await fs.outputFile(
    server.file(`${ENVIRONMENT}/manifests/site.pp`),
    `${CLONES}\nnode '${clonehost.certname}' {\n${declarations}\n}\n`,
  );
}

/** Waits until the server answers. */
export async function waitForServer(): Promise<void> {
  const end = Date.now() + READY_MS;
  while (!(await answers())) {
    if (Date.now() > end) {
      throw new LabProblem(
        `the server did not answer within ${READY_MS / 1000} s`,
        'look at it: bin/lab shell --server journalctl -u puppetserver',
      );
    }
    await sleep(500);
  }
}

/** Whether the server says that it runs. Its certificate is checked by the agents; this is a question on loopback. */
export async function answers(): Promise<boolean> {
  const options = {
    host: '127.0.0.1',
    port: 8140,
    path: '/status/v1/simple',
    rejectUnauthorized: false,
    timeout: 2000,
  };
  return new Promise((resolve) => {
    https
      .get(options, (response) => {
        response.resume();
        resolve(response.statusCode === 200);
      })
      .on('timeout', function (this: import('node:http').ClientRequest) {
        this.destroy();
      })
      .on('error', () => resolve(false));
  });
}

/** Certnames that the server's CA has signed. */
export async function signed(server: Host): Promise<string[]> {
  const files = await fs.readdir(server.file(SIGNED)).catch(() => []);
  return files.map((file) => path.basename(file, '.pem')).sort();
}

/** Reports that the server got from a certname, oldest first, each with the time (ms) at which it came. */
async function reportFiles(server: Host, certname: string): Promise<{ file: string; time: number }[]> {
  const folder = path.join(server.file(REPORTS), certname);
  const names = await fs.readdir(folder).catch(() => []);
  // The server writes each under another name, with more behind the ending, and renames it.
  const files = names.filter((name) => name.endsWith('.yaml')).sort();
  return Promise.all(
    files.map(async (name) => {
      const file = path.join(folder, name);
      return { file, time: (await fs.stat(file)).mtimeMs };
    }),
  );
}

/** Times (ms) at which the server got reports from a certname, oldest first. */
export async function reportTimes(server: Host, certname: string): Promise<number[]> {
  return (await reportFiles(server, certname)).map(({ time }) => time);
}

/** Texts of the reports that the server got from a certname since a time (ms), oldest first. */
export async function reports(server: Host, certname: string, since = 0): Promise<string[]> {
  const files = (await reportFiles(server, certname)).filter(({ time }) => time >= since);
  return Promise.all(files.map(({ file }) => fs.readFile(file, 'utf8')));
}
