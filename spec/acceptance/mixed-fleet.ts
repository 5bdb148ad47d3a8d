import fs from 'fs-extra';
import { gemSource } from '../../lab/gems.ts';
import { SERVER } from '../../lab/hosts.ts';
import { startInBackground } from './background.ts';
import { BASE, declaration, host, release, SETTINGS } from './support.ts';

/** Folder of the host that is a patch layer of one of the bases. */
export const PATCH = '/srv/patch';

/** Gems come from the same source as this machine's gems. */
const GEMS = await gemSource();

interface Base {
  /** Parameters of its image in Puppet syntax. */
  readonly image: string;
  readonly patched?: boolean;
  /** Prefix of its clones, if it is not the base's name. */
  readonly prefix?: string;
  /** Beginning of its agents' version. An agent must not be newer than the server. */
  readonly version: string;
}

const gem = (name: string, version: string): Base => ({
  image: `'flavour' => 'gem', 'gem' => '${name}', 'version' => '${version}', 'repository' => '${GEMS}', 'allow_http' => ${GEMS.startsWith('http:')}`,
  version: `${version}.`,
});

/** Bases of the mixed fleet by name and release of the host. */
const BASES_ON: Readonly<Record<string, Readonly<Record<string, Base>>>> = {
  bookworm: {
    [BASE]: { image: SETTINGS, version: '7.' },
    'puppet-7': gem('puppet', '7.34'),
  },
  trixie: {
    [BASE]: { image: SETTINGS, version: '8.10.' },
    'puppet-7': gem('puppet', '7.34'),
    'openvox-8': gem('openvox', '8'),
    'openvox-9': gem('openvox', '9'),
    'debian-12': { image: `'image' => 'debian-12'`, patched: true, prefix: 'odd', version: '7.23.' },
  },
};

/** Bases of the mixed fleet by name. Empty for a release on which the main path alone is tested. */
export const BASES = BASES_ON[release.suite] ?? {};

/** Clones of each base. */
const COUNT = 2;

export function clonesOf(base: string): string[] {
  const prefix = BASES[base]?.prefix ?? `${base}-`;
  return Array.from({ length: COUNT }, (_, i) => `${prefix}${i + 1}`);
}

const basesInPuppet = Object.entries(BASES).map(([name, { image, prefix, patched }]) => {
  const parameters = [
    image,
    `'count' => ${COUNT}`,
    ...(prefix ? [`'prefix' => '${prefix}'`] : []),
    ...(patched ? [`'patches' => ['${PATCH}']`] : []),
  ];
  return `'${name}' => { ${parameters.join(', ')} }`;
});

/** Puppet code that declares the mixed fleet. */
export const MIXED = `class { 'clone_army': master => '${SERVER}', bases => { ${basesInPuppet.join(', ')} } }`;

export const IMAGES = 'mixed-fleet-images';

/**
 * Starts to build the images that are not there yet, beside the fleet that is there. A declaration with equal
 * parameters then finds them up to date.
 */
export async function startBuildingImages(): Promise<void> {
  const images = Object.entries(BASES)
    .filter(([name]) => name !== BASE)
    .map(([name, { image }]) => `clone_army::base { '${name}': server => '${SERVER}', * => { ${image} } }\n`);
  const manifest = `/root/background/${IMAGES}.pp`;
  await fs.outputFile(host.file(manifest), `${declaration()}\n${images.join('')}`);
  // The definitions are in a folder of its own: each apply of the fleet removes those of other bases. Exit code 2: there
  // were changes, and no failures.
  await startInBackground(
    IMAGES,
    `[ -n "\${PRIVATE:-}" ] || PRIVATE=yes exec unshare --mount --propagation private /bin/sh "$0"
     definitions=/etc/puppet-clone-army/bases
     cp -a $definitions /root/background/
     mount --bind /root/background/bases $definitions
     puppet apply --detailed-exitcodes ${manifest} || [ $? -eq 2 ]`,
  );
}
