import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import fs from 'fs-extra';
import { type Family, standInAgent } from './agents.ts';
import { aptSource, makeAptRepository, makeDeb } from './debs.ts';
import { makeRepository } from './rpms.ts';
import type { Signer } from './signer.ts';

/** An agent package. */
export interface Agent {
  readonly name: string;
  readonly version: string;
}

/** Vendors' names for a series of packages. */
export type Product = 'openvox8' | 'puppet8';

/** How agent vendors distribute packages for an OS family. */
export interface Packaging {
  readonly family: Family;
  /** Creates a repository, unsigned if there is no signer. */
  makeRepository(folder: string, product: Product, agents: readonly Agent[], signer?: Signer): Promise<void>;
  /**
   * Builds the release package, which contains the address and the key of a repository.
   *
   * @param folder - Created
   * @returns Path of the package
   */
  makeRelease(folder: string, product: Product, address: string, signer: Signer): Promise<string>;
  /** The file in which the release package names the repository, and the text that does so. */
  source(product: Product, address: string): { file: string; text: string };
  /** Files that make the repository at an address part of the image's own distribution. */
  archive(address: string, signer: Signer): Promise<Record<string, string>>;
}

/** Suites of the vendors' packages for Debian 13. */
const SUITES = { openvox8: 'debian13', puppet8: 'trixie' } as const;

const APT: Packaging = {
  family: 'Debian',
  async makeRepository(folder, product, agents, signer) {
    const debs = agents.map(({ name, version }) => ({
      name,
      version: `${version}-1+debian13`,
      files: standInAgent(version),
    }));
    await makeAptRepository(folder, { suite: SUITES[product], component: product }, debs, signer);
  },
  async makeRelease(folder, product, address, signer) {
    const name = `${product}-release`;
    const files = await aptSource(name, { address, suite: SUITES[product], component: product, signer });
    return makeDeb(folder, { name, version: '1', files });
  },
  source: (product, address) => ({
    file: `etc/apt/sources.list.d/${product}-release.list`,
    text: ` ${address} ${SUITES[product]} ${product}\n`,
  }),
  archive: (address, signer) =>
    aptSource('archive', { address, suite: SUITES.openvox8, component: 'openvox8', signer }),
};

const yumBase = (product: Product, architecture = '$basearch') => `${product}/el/9/${architecture}`;

const DNF: Packaging = {
  family: 'RedHat',
  async makeRepository(folder, product, agents, signer) {
    const made = `${folder}.made`;
    const rpms = agents.map(({ name, version }) => ({ name, version, files: standInAgent(version) }));
    await makeRepository(made, [{ name: 'another' }, ...rpms], signer);
    const { stdout: architecture } = await execa('uname', ['-m']);
    await fs.move(path.join(made, 'repository'), path.join(folder, yumBase(product, architecture)));
  },
  async makeRelease(folder, product, address, signer) {
    const name = `${product}-release`;
    const key = `/etc/pki/rpm-gpg/RPM-GPG-KEY-${name}`;
    const { file, text } = DNF.source(product, address);
    const repository = `[${product}]\nname=Agents\n${text}gpgkey=file://${key}`;
    const files = { [`/${file}`]: repository, [key]: await readFile(signer.key, 'utf8') };
    await makeRepository(folder, [{ name, files }]);
    return path.join(folder, `repository/noarch/${name}-1-1.noarch.rpm`);
  },
  source: (product, address) => ({
    file: `etc/yum.repos.d/${product}-release.repo`,
    text: `baseurl=${address}/${yumBase(product)}\nenabled=1\ngpgcheck=1\n`,
  }),
  // No distribution of this family ships agents.
  archive: async () => ({}),
};

export const PACKAGINGS: readonly Packaging[] = [APT, DNF];
