import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import fs from 'fs-extra';
import type { Host } from '../lab/host/host.ts';
import { REPO } from '../lab/paths.ts';

/** Folder of the host that contains the module of an earlier revision. */
export const EARLIER_MODULES = '/root/earlier/modules';

/**
 * Generates the module of a revision, with the packages of this checkout, and copies it to the host.
 *
 * @param revision - A commit, tag or branch of this checkout
 * @throws If Git does not know the revision, or its generator fails
 */
export async function installEarlier(host: Host, revision: string): Promise<void> {
  const checkout = await fs.mkdtemp(path.join(os.tmpdir(), 'clone-army-earlier-'));
  try {
    const archive = path.join(checkout, 'archive.tar');
    await execa('git', ['archive', `--output=${archive}`, revision], { cwd: REPO });
    await execa('tar', ['--extract', `--file=${archive}`], { cwd: checkout });
    await fs.symlink(path.join(REPO, 'node_modules'), path.join(checkout, 'node_modules'));
    await execa('node', ['bin/clone-army.js', 'generate'], { cwd: checkout });
    await fs.copy(path.join(checkout, 'dist/clone_army'), host.file(`${EARLIER_MODULES}/clone_army`));
  } finally {
    await fs.remove(checkout);
  }
}
