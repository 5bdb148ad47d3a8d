import path from 'node:path';
import fs from 'fs-extra';
import type { Host } from '../host/host.ts';
import { REPORTS, SIGNED_CERTIFICATES } from './paths.ts';

/** Certnames of the certificates that the server's CA has signed. */
export async function signed(server: Host): Promise<string[]> {
  const files = await fs.readdir(server.file(SIGNED_CERTIFICATES)).catch(() => []);
  return files.map((file) => path.basename(file, '.pem')).sort();
}

/** The reports that a certname has sent, oldest first, with the time (ms) of their arrival. */
async function reportFiles(server: Host, certname: string): Promise<{ file: string; time: number }[]> {
  const folder = path.join(server.file(REPORTS), certname);
  const names = await fs.readdir(folder).catch(() => []);
  // While the server writes a report, the name has a suffix after .yaml.
  const files = names.filter((name) => name.endsWith('.yaml')).sort();
  return Promise.all(
    files.map(async (name) => {
      const file = path.join(folder, name);
      return { file, time: (await fs.stat(file)).mtimeMs };
    }),
  );
}

/** Arrival times (ms) of a certname's reports, oldest first. */
export async function reportTimes(server: Host, certname: string): Promise<number[]> {
  return (await reportFiles(server, certname)).map(({ time }) => time);
}

/** Contents of the reports that a certname has sent in a period (ms), oldest first. */
export async function reports(
  server: Host,
  certname: string,
  since = 0,
  until = Infinity,
): Promise<string[]> {
  const files = (await reportFiles(server, certname)).filter(({ time }) => time >= since && time <= until);
  return Promise.all(files.map(({ file }) => fs.readFile(file, 'utf8')));
}
