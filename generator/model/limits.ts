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

/** Seconds of CPU that a run by timer is given where the size of the fleet follows from the host. */
export const RUN_CPU_SECONDS = 2;

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
