/** The operating system release of a lab host. */
export interface Release {
  readonly os: 'Debian' | 'Ubuntu';
  readonly suite: string;
}

/** Packages of every host image. The module installs Node.js and the container tools itself. */
const COMMON = ['openssh-server', 'systemd-container', 'debian-archive-keyring', 'less', 'vim-tiny'];

/** Releases without a Puppet server package. Their agent is Puppet 5.5. */
const WITHOUT_SERVER = ['bullseye', 'jammy'];

/** Whether the release has a Puppet server package. */
export function hasServer({ suite }: Release): boolean {
  return !WITHOUT_SERVER.includes(suite);
}

/** A release of the same operating system that has a Puppet server package. */
export function serverRelease({ os }: Release): Release {
  return { os, suite: { Debian: 'trixie', Ubuntu: 'noble' }[os] };
}

/** Packages of the release's host image. */
export function packagesOf(release: Release): readonly string[] {
  return [
    ...COMMON,
    ...(hasServer(release) ? ['puppet-agent', 'puppetserver', 'polkitd'] : ['puppet', 'policykit-1']),
  ];
}
