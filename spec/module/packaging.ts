import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import fs from 'fs-extra';
import { type Family, standInAgent } from './agents.ts';
import { aptSource, makeAptRepository, makeDeb } from './debs.ts';
import { makeRepository } from './rpms.ts';
import type { Signer } from './signer.ts';

/** A package with an agent. */
export interface Agent {
  readonly name: string;
  readonly version: string;
}

/** What vendors call the packages that belong together. */
export type Product = 'openvox8' | 'puppet8';

/** How packages get to the systems of a family, as vendors of agents do it. */
export interface Packaging {
  readonly family: Family;
  /** Lays out a repository; signed by nobody, if nobody is named. */
  makeRepository(folder: string, product: Product, agents: readonly Agent[], signer?: Signer): Promise<void>;
  /**
   * Builds the package that brings the address and the key of a repository.
   *
   * @param folder - Is made
   * @returns The package's file
   */
  makeRelease(folder: string, product: Product, address: string, signer: Signer): Promise<string>;
  /** Where in an image that package says where packages come from, and what it says there. */
  source(product: Product, address: string): { file: string; text: string };
  /** Files by which an image's own distribution has agents, too: those of OpenVox there are. */
  archive(address: string, signer: Signer): Promise<Record<string, string>>;
}

/** Suites in which the vendors have packages for Debian 13. */
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
  // None of the family's distributions has them.
  archive: async () => ({}),
};

export const PACKAGINGS: readonly Packaging[] = [APT, DNF];
