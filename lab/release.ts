/** A system that a host of the lab can run. */
export interface Release {
  readonly os: 'Debian' | 'Ubuntu';
  readonly suite: string;
}

/** What a host has before the module comes. Node.js and the container tools are the module's to install. */
const COMMON = ['openssh-server', 'systemd-container', 'debian-archive-keyring', 'less', 'vim-tiny'];

/** Releases that have no server; their agent is Puppet 5.5. */
const WITHOUT_SERVER = ['bullseye', 'jammy'];

/** Whether the release has a Puppet server among its packages. */
export function hasServer({ suite }: Release): boolean {
  return !WITHOUT_SERVER.includes(suite);
}

/** A release that has one. */
export function serverRelease({ os }: Release): Release {
  return { os, suite: { Debian: 'trixie', Ubuntu: 'noble' }[os] };
}

/** Packages of an image of the release. */
export function packagesOf(release: Release): readonly string[] {
  return [
    ...COMMON,
    ...(hasServer(release) ? ['puppet-agent', 'puppetserver', 'polkitd'] : ['puppet', 'policykit-1']),
  ];
}
