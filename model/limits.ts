import type { Schema } from './schema.ts';

/** Linux gives a hostname 64 bytes (`HOST_NAME_MAX`); a clone's is `<clone>.<host certname>`. */
export const HOSTNAME_MAX = 64;

/** Clones that one host may be asked for: far beyond what has been measured, short of a slip of the keyboard. */
export const CLONES_MAX = 10_000;

/**
 * Memory in MiB: set aside before clones are counted, and by mode, given to each clone and measured for one that idles,
 * below which no fleet can be had. By timer, runs that are under way at once take theirs apart, two to a core.
 */
export const MEMORY_MIB = {
  system: 512,
  agent: 150,
  service: { clone: 150, idle: 69, run: 0 },
  timer: { clone: 10, idle: 7, run: 100 },
} as const;

/** Journal of a clone whose agent stays, in MiB: what it holds at most, and each of its files, made in full when begun. */
export const JOURNAL_MIB = { use: 8, file: 2 } as const;

/** What a clone writes beside a journal, in MiB: measured, by timer, 0.5 after its first runs. */
const OVERLAY_MIB = 2;

/**
 * Disk in MiB, of the file system that images and overlays are on: kept free for the host, what has to be free for a
 * base image to be built, and what a new clone is reckoned with by mode. A catalog with many files takes more.
 */
export const DISK_MIB = {
  system: 512,
  image: 1024,
  // Of the journal, systemd may count the file that it writes to apart.
  service: OVERLAY_MIB + JOURNAL_MIB.use + JOURNAL_MIB.file,
  timer: OVERLAY_MIB,
} as const;

/** Seconds of CPU that a run by timer is given where the size of the fleet follows from the host. */
export const RUN_CPU_SECONDS = 2;

/** What a host has of something by itself, and what each clone takes of it. */
export interface Share {
  readonly host: number;
  readonly clone: number;
}

/** Limits of the kernel by their names in sysctl(8): what they are raised to, where they are lower. */
export const KERNEL_LIMITS = {
  // About 4 instances a clone, all of them root's.
  'fs.inotify.max_user_instances': { host: 256, clone: 6 },
  'fs.inotify.max_user_watches': { host: 16_384, clone: 128 },
  // Ten processes or so a clone, and an agent's threads.
  'kernel.pid_max': { host: 32_768, clone: 64 },
  'kernel.threads-max': { host: 32_768, clone: 64 },
  'kernel.pty.max': { host: 4096, clone: 2 },
  // Users of the same number in several clones are one user to the kernel.
  'kernel.keys.maxkeys': { host: 200, clone: 8 },
  'kernel.keys.maxbytes': { host: 20_000, clone: 800 },
} as const satisfies Record<string, Share>;

/** Connections of root's to D-Bus: every clone is one or two. */
export const DBUS_CONNECTIONS = { host: 1024, clone: 4 } as const satisfies Share;

/** Files that systemd-machined holds open: one for each clone. */
export const MACHINED_FILES = { host: 1024, clone: 4 } as const satisfies Share;

/** What fleets are made with of systemd, and the version that brought it; by feature, because distributions differ. */
export const SYSTEMD_FEATURES = {
  'systemd-nspawn --notify-ready': 231,
  'systemd-nspawn --resolv-conf and --timezone': 239,
} as const;

/** Longest time, in seconds, that a task may be told to wait. */
export const TIMEOUT_MAX = 86_400;

/** Values that Puppet types, task parameters and `module.yaml` share; each becomes a Puppet type alias. */
export const SCHEMAS = {
  name: {
    type: 'string',
    description:
      'Name of a base image. Base images and overlays are neighbours in one folder, so the suffixes of the latter are kept free.',
    pattern: '^(?!.*-(overlay|workdir|building|replaced)$)[a-z][a-z0-9]*([.-][a-z0-9]+)*$',
    maxLength: 40,
  },
  prefix: {
    type: 'string',
    description:
      'What the names of clones begin with. The number of the clone follows, so that it does not end in a digit.',
    pattern: '^[a-z]([a-z0-9-]*[a-z-])?$',
    maxLength: 40,
  },
  certname: {
    type: 'string',
    description: 'Name of a Puppet or OpenVox server, or of a host: lower case, as certificates have it.',
    pattern: '^[a-z0-9]([a-z0-9_-]*[a-z0-9])?([.][a-z0-9]([a-z0-9_-]*[a-z0-9])?)*$',
    maxLength: 253,
  },
  count: {
    type: 'integer',
    description: 'How many clones a host runs.',
    minimum: 1,
    maximum: CLONES_MAX,
  },
  run_interval: {
    type: 'integer',
    description: 'Seconds from one run of an agent to the next.',
    minimum: 60,
    maximum: 86_400,
  },
  package: {
    type: 'string',
    description: 'Name of a package of the distribution in the base image.',
    pattern: '^[A-Za-z0-9][A-Za-z0-9+._-]*$',
  },
  mirror: {
    type: 'string',
    description: 'Address of a package mirror.',
    pattern: '^https?://[^\\s\'"]+$',
  },
  version: {
    type: 'string',
    description: 'Version of an agent, or its beginning: 8, 8.10, 8.10.0.',
    pattern: '^[0-9]+([.][0-9]+){0,2}$',
  },
  local_file: {
    type: 'string',
    description:
      'Path of a file or folder on the host, of characters that neither a shell nor a mount option takes for more.',
    pattern: '^(/[A-Za-z0-9._+~-]+)+$',
  },
  certificate: {
    type: 'string',
    description: 'Certificates in PEM format.',
    pattern: '^-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\\s-]*-----END CERTIFICATE-----\\s*$',
  },
  gem: {
    type: 'string',
    description: 'Gem with an agent.',
    enum: ['openvox', 'puppet'],
  },
  password: {
    type: 'string',
    description: 'A password of one line.',
    pattern: '^[^\\r\\n]+$',
  },
  timeout: {
    type: 'integer',
    description: 'Seconds to wait at most.',
    minimum: 1,
    maximum: TIMEOUT_MAX,
  },
} as const satisfies Record<string, Schema>;
