import { createHash } from 'node:crypto';
import path from 'node:path';
import { execa } from 'execa';
import fs from 'fs-extra';
import { clearsign, type Signer } from './signer.ts';

/** A Debian package to build. */
export interface Deb {
  readonly name: string;
  readonly version: string;
  /** File contents by path. A file that starts with `#!` is executable. */
  readonly files: Readonly<Record<string, string>>;
}

/** Builds a package in a folder and returns its path. */
export async function makeDeb(folder: string, { name, version, files }: Deb): Promise<string> {
  const tree = path.join(folder, `build-${name}-${version}`);
  const control = {
    Package: name,
    Version: version,
    Architecture: 'all',
    Maintainer: 'Stand-in <stand-in@packages.example.com>',
    Description: 'Stand-in',
  };
  const lines = Object.entries(control).map(([key, value]) => `${key}: ${value}\n`);
  await fs.outputFile(path.join(tree, 'DEBIAN/control'), lines.join(''));
  for (const [file, content] of Object.entries(files)) {
    await fs.outputFile(path.join(tree, file), content, { mode: content.startsWith('#!') ? 0o755 : 0o644 });
  }
  const deb = path.join(folder, `${name}_${version}_all.deb`);
  await execa('dpkg-deb', ['--root-owner-group', '-Znone', '--build', tree, deb]);
  await fs.remove(tree);
  return deb;
}

/** An apt repository, as an apt source describes it. */
export interface AptSource {
  readonly address: string;
  readonly suite: string;
  readonly component: string;
  readonly signer: Signer;
}

/** The source list and the key of a repository: contents by path. */
export async function aptSource(
  name: string,
  { address, suite, component, signer }: AptSource,
): Promise<Record<string, string>> {
  const key = `/usr/share/keyrings/${name}.asc`;
  return {
    [key]: await fs.readFile(signer.key, 'utf8'),
    [`/etc/apt/sources.list.d/${name}.list`]: `deb [signed-by=${key}] ${address} ${suite} ${component}\n`,
  };
}

/**
 * Creates an apt repository.
 *
 * @param folder - Top folder of the repository
 * @param signer - Without one, the repository is unsigned
 */
export async function makeAptRepository(
  folder: string,
  { suite, component, origin }: Pick<AptSource, 'suite' | 'component'> & { readonly origin?: string },
  debs: readonly Deb[],
  signer?: Signer,
): Promise<void> {
  const pool = path.join('pool', suite, component);
  await fs.ensureDir(path.join(folder, pool));
  for (const deb of debs) await makeDeb(path.join(folder, pool), deb);
  const { stdout: architecture } = await execa('dpkg', ['--print-architecture']);
  const { stdout: packages } = await execa('dpkg-scanpackages', ['--multiversion', pool], { cwd: folder });
  const index = `${component}/binary-${architecture}/Packages`;
  const dists = path.join(folder, 'dists', suite);
  const text = packages === '' ? '' : `${packages}\n`;
  await fs.outputFile(path.join(dists, index), text);
  const sum = createHash('sha256').update(text).digest('hex');
  await fs.writeFile(
    path.join(dists, 'Release'),
    `${origin === undefined ? '' : `Origin: ${origin}\n`}Suite: ${suite}
Codename: ${suite}
Date: ${new Date().toUTCString()}
Architectures: ${architecture} all
Components: ${component}
SHA256:
 ${sum} ${Buffer.byteLength(text)} ${index}
`,
  );
  if (signer) await clearsign(signer, path.join(dists, 'Release'), path.join(dists, 'InRelease'));
}
