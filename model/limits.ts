import type { Schema } from './schema.ts';

/** Maximum length of a hostname on Linux, in bytes (`HOST_NAME_MAX`). The hostname of a clone is `<clone>.<host certname>`. */
export const HOSTNAME_MAX = 64;

/** Maximum number of clones per host: far above what has been measured, low enough to catch typing errors. */
export const CLONES_MAX = 10_000;

/**
 * Memory in MiB.
 *
 * - `system` and `agent`: reserved for the host and its own agent.
 * - `clone`: per clone, for the default size of a fleet.
 * - `idle`: measured for an idle clone; the limit for a fleet whose size is set.
 * - `run`: per concurrent agent run in mode `timer`, in addition to that of the clones. There are two runs per core.
 */
export const MEMORY_MIB = {
  system: 512,
  agent: 150,
  service: { clone: 150, idle: 69, run: 0 },
  timer: { clone: 10, idle: 7, run: 100 },
} as const;

/** Journal of a clone in mode `service`, in MiB: its maximum size, and the size of each file, which is allocated in full. */
export const JOURNAL_MIB = { use: 8, file: 2 } as const;

/** Disk space of a clone without its journal, in MiB. Measured in mode `timer` after the first runs: 0.5. */
const OVERLAY_MIB = 2;

/**
 * Disk space in MiB, on the file system of images and overlays.
 *
 * - `system`: kept free for the host.
 * - `image`: required to build a base image.
 * - `service` and `timer`: per new clone, by run mode. A catalog with many files takes more.
 */
export const DISK_MIB = {
  system: 512,
  image: 1024,
  // systemd may not count the file that it is writing to against the maximum size of the journal.
  service: OVERLAY_MIB + JOURNAL_MIB.use + JOURNAL_MIB.file,
  timer: OVERLAY_MIB,
} as const;

/** CPU time per agent run in seconds, for the default size of a fleet in mode `timer`. */
export const RUN_CPU_SECONDS = 2;

/** How much of a limited resource the host itself needs, and how much each clone needs in addition. */
export interface Demand {
  readonly host: number;
  readonly clone: number;
}

/** Kernel limits, by sysctl(8) name. The class raises lower settings to the demand of the fleet. */
export const KERNEL_LIMITS = {
  // About 4 inotify instances per clone, all owned by root.
  'fs.inotify.max_user_instances': { host: 256, clone: 6 },
  'fs.inotify.max_user_watches': { host: 16_384, clone: 128 },
  // A clone has about 10 processes, and the agent has threads.
  'kernel.pid_max': { host: 32_768, clone: 64 },
  'kernel.threads-max': { host: 32_768, clone: 64 },
  'kernel.pty.max': { host: 4096, clone: 2 },
  // The kernel treats users with the same UID in several clones as one user.
  'kernel.keys.maxkeys': { host: 200, clone: 8 },
  'kernel.keys.maxbytes': { host: 20_000, clone: 800 },
} as const satisfies Record<string, Demand>;

/** D-Bus connections of root. Each clone opens one or two. */
export const DBUS_CONNECTIONS = { host: 1024, clone: 4 } as const satisfies Demand;

/** Open files of systemd-machined: one per clone. */
export const MACHINED_FILES = { host: 1024, clone: 4 } as const satisfies Demand;

/** systemd features that the module uses, and the version that introduced each. */
export const SYSTEMD_FEATURES = {
  'systemd-nspawn --notify-ready': 231,
  'systemd-nspawn --resolv-conf and --timezone': 239,
} as const;

/** Maximum timeout of a task, in seconds. */
export const TIMEOUT_MAX = 86_400;

/** Types of values that Puppet code, task parameters and `module.yaml` have in common. Each becomes a Puppet type alias. */
export const SCHEMAS = {
  name: {
    type: 'string',
    description:
      'Name of a base image. Base images and overlays are in the same folder, so names must not end in -overlay, -workdir, -building or -replaced.',
    pattern: '^(?!.*-(overlay|workdir|building|replaced)$)[a-z][a-z0-9]*([.-][a-z0-9]+)*$',
    maxLength: 40,
  },
  prefix: {
    type: 'string',
    description:
      'Prefix of clone names. It must not end in a digit, because the number of the clone follows.',
    pattern: '^[a-z]([a-z0-9-]*[a-z-])?$',
    maxLength: 40,
  },
  certname: {
    type: 'string',
    description: 'Name of a Puppet or OpenVox server, or of a host, in lower case as in certificates.',
    pattern: '^[a-z0-9]([a-z0-9_-]*[a-z0-9])?([.][a-z0-9]([a-z0-9_-]*[a-z0-9])?)*$',
    maxLength: 253,
  },
  count: {
    type: 'integer',
    description: 'Number of clones on a host.',
    minimum: 1,
    maximum: CLONES_MAX,
  },
  run_interval: {
    type: 'integer',
    description: 'Seconds between two runs of an agent.',
    minimum: 60,
    maximum: 86_400,
  },
  package: {
    type: 'string',
    description: 'Name of a package in the distribution of the base image.',
    pattern: '^[A-Za-z0-9][A-Za-z0-9+._-]*$',
  },
  mirror: {
    type: 'string',
    description: 'URL of a package mirror.',
    pattern: '^https?://[^\\s\'"]+$',
  },
  version: {
    type: 'string',
    description: 'Full or partial version of an agent: 8, 8.10 or 8.10.0.',
    pattern: '^[0-9]+([.][0-9]+){0,2}$',
  },
  local_file: {
    type: 'string',
    description:
      'Absolute path of a file or folder on the host, without characters that are special in a shell or in mount options.',
    pattern: '^(/[A-Za-z0-9._+~-]+)+$',
  },
  certificate: {
    type: 'string',
    description: 'One or more certificates in PEM format.',
    pattern: '^-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\\s-]*-----END CERTIFICATE-----\\s*$',
  },
  gem: {
    type: 'string',
    description: 'Gem that contains the agent.',
    enum: ['openvox', 'puppet'],
  },
  password: {
    type: 'string',
    description: 'Password on a single line.',
    pattern: '^[^\\r\\n]+$',
  },
  timeout: {
    type: 'integer',
    description: 'Maximum time to wait, in seconds.',
    minimum: 1,
    maximum: TIMEOUT_MAX,
  },
  test_id: {
    type: 'string',
    description: 'Name of a load test. It is the name of folders, too.',
    pattern: '^[A-Za-z0-9][A-Za-z0-9-]*$',
    maxLength: 80,
  },
} as const satisfies Record<string, Schema>;
