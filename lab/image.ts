import { createHash } from 'node:crypto';
import path from 'node:path';
import { execa } from 'execa';
import fs from 'fs-extra';
import { IMAGES, REPO } from './paths.ts';
import { packagesOf, type Release } from './release.ts';

/** The script that lays out base images lays out the lab's host too. */
const BOOTSTRAP = path.join(REPO, 'module-template/files/bootstrap/mmdebstrap.sh');

/** Where the image of a release is, or will be. A changed recipe makes another image. */
export async function imageOf(release: Release): Promise<string> {
  const recipe = createHash('sha256')
    .update(await fs.readFile(BOOTSTRAP))
    .update(await fs.readFile(import.meta.filename))
    .update(JSON.stringify(packagesOf(release)))
    .digest('hex');
  return path.join(IMAGES, `${release.suite}-${recipe.slice(0, 12)}`);
}

/** Builds a host image aside and moves it into place; one that is interrupted is begun anew. */
export async function buildImage(release: Release, image: string): Promise<void> {
  // Labs that begin at the same time build an image each, and the first one is kept.
  const root = `${image}-building-${process.pid}`;
  await fs.ensureDir(IMAGES);
  await removeLeftovers(release, image);
  await execa(BOOTSTRAP, {
    env: { root, OS: release.os, SUITE: release.suite, MIRROR: '', PACKAGES: packagesOf(release).join(' ') },
  });
  // A machine behind a proxy that ends TLS trusts an authority of its own, and so does what is built from here.
  for (const trusted of ['etc/ssl/certs/ca-certificates.crt', 'usr/local/share/ca-certificates']) {
    if (await fs.pathExists(`/${trusted}`))
      await fs.copy(`/${trusted}`, path.join(root, trusted), { dereference: true });
  }
  if (await fs.pathExists(image)) await fs.remove(root);
  else await fs.rename(root, image);
}

/** Images of the release by older recipes, and what interrupted builds left. */
async function removeLeftovers(release: Release, image: string): Promise<void> {
  for (const name of await fs.readdir(IMAGES)) {
    const builder = /-building-(\d+)$/.exec(name)?.[1];
    const inUse = builder ? await fs.pathExists(`/proc/${builder}`) : path.join(IMAGES, name) === image;
    if (name.startsWith(`${release.suite}-`) && !inUse) await fs.remove(path.join(IMAGES, name));
  }
}
