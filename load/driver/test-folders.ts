import * as fs from 'node:fs';
import { LOAD_FILES } from '../../model/load/files.ts';
import type { Progress } from '../../model/load/progress.ts';
import { loadTestsOf } from '../../model/names.ts';
import { didYouMean } from '../../tasks/lib/contract/did-you-mean.ts';
import { TaskError } from '../../tasks/lib/contract/errors.ts';
import type { Host } from '../../tasks/lib/contract/host.ts';
import { quote } from '../../tasks/lib/contract/quote.ts';

/** Number of load tests whose files are kept. */
const KEPT = 20;

/** Folder of a test. */
export function testFolder({ root, names }: Host, id: string): string {
  return `${root}${loadTestsOf(names)}/${id}`;
}

/** Ids of the tests that this host has files of, the newest first. */
export function testIds({ root, names }: Host): string[] {
  const folder = root + loadTestsOf(names);
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder)
    .map((id) => ({ id, time: fs.statSync(`${folder}/${id}`).ctimeMs }))
    .sort((a, b) => b.time - a.time || (a.id < b.id ? 1 : -1))
    .map(({ id }) => id);
}

/**
 * The id if there is such a test, or that of the newest one.
 *
 * @throws TaskError `no-test` if there is none
 */
export function chooseTest(host: Host, id: string | undefined): string {
  const ids = testIds(host);
  const chosen = id ?? ids[0];
  if (chosen !== undefined && ids.includes(chosen)) return chosen;
  const where = `in ${loadTestsOf(host.names)}`;
  if (chosen === undefined) {
    throw new TaskError(
      'no-test',
      `There is no load test ${where}: run plan ${host.names.module}::load_test`,
    );
  }
  throw new TaskError(
    'no-test',
    `There is no load test ${quote(chosen)}${didYouMean(chosen, ids)} ${where}; it has ${ids.join(', ') || 'none'}`,
    { id: chosen },
  );
}

/** Progress as the driver last wrote it to the folder of its test; undefined if it wrote none. */
export function readProgress(folder: string): Progress | undefined {
  try {
    return JSON.parse(fs.readFileSync(`${folder}/${LOAD_FILES.progress}`, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Removes the files of all but the newest tests. */
export function removeOldTests(host: Host): void {
  for (const id of testIds(host).slice(KEPT)) removeTree(testFolder(host, id));
}

/** Removes a folder with all that it contains. Node 12 has no function for that which later versions have too. */
function removeTree(folder: string): void {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) removeTree(path);
    else fs.unlinkSync(path);
  }
  fs.rmdirSync(folder);
}
