import { createHash } from 'node:crypto';
import path from 'node:path';
import { execa } from 'execa';
import fs from 'fs-extra';
import { inOwnNamespaces } from '../machine/namespaces.ts';
import { IMAGES, REPO } from '../paths.ts';
import { packagesOf, type Release } from '../release.ts';

/** The module's script for base images also builds the image of the lab's hosts. */
const BOOTSTRAP = path.join(REPO, 'module-template/files/bootstrap/mmdebstrap.sh');

/** Where a machine's additional certificate authorities are, such as that of a proxy that intercepts TLS. */
const CERTIFICATES = ['etc/ssl/certs/ca-certificates.crt', 'usr/local/share/ca-certificates'];

/** Path of the release's image. It depends on everything that the image is built from. */
export async function imageOf(release: Release): Promise<string> {
  const recipe = createHash('sha256')
    .update(await fs.readFile(BOOTSTRAP))
    .update(await fs.readFile(import.meta.filename))
    .update(JSON.stringify(packagesOf(release)))
    .digest('hex');
  return path.join(IMAGES, `${release.suite}-${recipe.slice(0, 12)}`);
}

/** Builds a host image. It appears under its final name only when it is complete. */
export async function buildImage(release: Release, image: string): Promise<void> {
  // Two labs may build the same image at the same time. The first one to finish is kept.
  const root = `${image}-building-${process.pid}`;
  await fs.ensureDir(IMAGES);
  await removeLeftovers(release, image);
  // An interrupted build must not leave mounts behind, which would keep its folder from being removed.
  const [command, ...words] = inOwnNamespaces([BOOTSTRAP]);
  await execa(command, words, {
    env: { root, OS: release.os, SUITE: release.suite, MIRROR: '', PACKAGES: packagesOf(release).join(' ') },
  });
  for (const trusted of CERTIFICATES) {
    if (await fs.pathExists(`/${trusted}`))
      await fs.copy(`/${trusted}`, path.join(root, trusted), { dereference: true });
  }
  await execa('sync', ['--file-system', root]);
  if (await fs.pathExists(image)) await fs.remove(root);
  else await fs.rename(root, image);
}

/** Removes the release's images from older recipes and from interrupted builds. */
async function removeLeftovers(release: Release, image: string): Promise<void> {
  for (const name of await fs.readdir(IMAGES)) {
    const builder = /-building-(\d+)$/.exec(name)?.[1];
    const inUse = builder ? await fs.pathExists(`/proc/${builder}`) : path.join(IMAGES, name) === image;
    if (name.startsWith(`${release.suite}-`) && !inUse) await fs.remove(path.join(IMAGES, name));
  }
}
