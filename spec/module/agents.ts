import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { REPO } from '../../lab/paths.ts';
import type { Flavour } from '../../model/flavour.ts';

const FLAVOURS: Record<string, Flavour> = parse(
  readFileSync(path.join(REPO, 'module.yaml'), 'utf8'),
).flavours;

/** Settings file of an agent from a vendor's package. */
export const PUPPET_CONF = '/etc/puppetlabs/puppet/puppet.conf';

/** CA certificate of that agent. */
export const CA = '/etc/puppetlabs/puppet/ssl/certs/ca.pem';

/** Systems of the simulated images. */
const SYSTEMS = {
  Debian: { OS: 'Debian', RELEASE: '13', SUITE: 'trixie', BOOTSTRAPPER: 'mmdebstrap' },
  RedHat: { OS: 'Rocky', RELEASE: '9', SUITE: 'el9', BOOTSTRAPPER: 'dnf' },
} as const;

export type Family = keyof typeof SYSTEMS;

/** The words of a base image's definition. */
export type Definition = Readonly<Record<string, string>>;

/**
 * The definition that the define `base` writes for a flavour of `module.yaml`.
 *
 * @param words - Override the flavour's own values
 */
export function definitionOf(name: string, family: Family, words: Definition = {}): Definition {
  const flavour = FLAVOURS[name];
  if (!flavour) throw new Error(`module.yaml has no flavour ${name}`);
  const system = SYSTEMS[family];
  const version = words.VERSION ?? flavour.version ?? '';
  const vendor = flavour.repository?.[family] ?? '';
  const releasePackage = (flavour.release_package?.[family] ?? '')
    .replaceAll('{major}', version.split('.')[0] ?? '')
    .replaceAll('{os}', system.OS.toLowerCase())
    .replaceAll('{release}', system.RELEASE)
    .replaceAll('{suite}', system.SUITE);
  return {
    ...system,
    MIRROR: '',
    PACKAGES: '',
    LOCAL_PACKAGES: '',
    SERVER: 'puppet.example.com',
    FLAVOUR: name,
    SCRIPT: flavour.script ?? '',
    VERSION: version,
    AGENT_PACKAGE: flavour.package ?? '',
    VENDOR: vendor,
    REPOSITORY: vendor,
    RELEASE_PACKAGE: releasePackage,
    GEM: 'openvox',
    VERIFY_SERVER: 'true',
    ...words,
  };
}

/** A minimal agent: it answers the commands that a build of a base image runs. */
export function standInAgent(version: string): Record<string, string> {
  const agent = `#!/bin/sh
value() {
  case $1 in
    config) echo ${PUPPET_CONF} ;;
    ssldir) echo /etc/puppetlabs/puppet/ssl ;;
    localcacert) echo ${CA} ;;
    *) echo "/opt/puppetlabs/puppet/$1" ;;
  esac
}
case "$1 $2" in
  '--version ') echo ${version} ;;
  'config print')
    shift 5
    [ $# -gt 1 ] || exec echo "$(value "$1")"
    for name; do echo "$name = $(value "$name")"; done
    ;;
esac
`;
  return { '/opt/puppetlabs/bin/puppet': agent };
}
