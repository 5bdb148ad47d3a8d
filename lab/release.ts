/** A system that a host of the lab can run. */
export interface Release {
  readonly os: 'Debian' | 'Ubuntu';
  readonly suite: string;
}

/** What a host has before the module comes. Node.js and the container tools are the module's to install. */
export interface Contents {
  readonly packages: readonly string[];
  /** Gems for the Ruby of the system, each with its version. */
  readonly gems: readonly string[];
}

const COMMON = ['openssh-server', 'systemd-container', 'debian-archive-keyring', 'less', 'vim-tiny'];

/** Releases that have no server, and whose agent is 5.5, which is too old to apply the class: a gem stands in for it. */
const WITHOUT_SERVER = ['bullseye', 'jammy'];

/** Whether the release has a Puppet server among its packages. */
export function hasServer({ suite }: Release): boolean {
  return !WITHOUT_SERVER.includes(suite);
}

/** A release that has one. */
export function serverRelease({ os }: Release): Release {
  return { os, suite: { Debian: 'trixie', Ubuntu: 'noble' }[os] };
}

/** What is to be in an image of the release. */
export function contentsOf(release: Release): Contents {
  return hasServer(release)
    ? { packages: [...COMMON, 'puppet-agent', 'puppetserver', 'polkitd'], gems: [] }
    : {
        // The last version of locale that needs no compiler.
        packages: [...COMMON, 'ruby', 'policykit-1'],
        gems: ['locale:2.1.4', 'puppet:7.34.0'],
      };
}
