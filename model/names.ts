/** Module name in all source files. `emit/rename` replaces it by the name of the published module. */
export const DEFAULT_MODULE = 'clone_army';

/** Where systemd-nspawn and machinectl look for the root of a machine. */
export const MACHINES_DIR = '/var/lib/machines';

/** Names and paths on a host, derived from the module's name. */
export interface Names {
  /** Name of the Puppet module: the namespace of its classes, types, tasks and plans. */
  readonly module: string;
  /** Prefix of systemd unit names, and name of the module's folders on the host. */
  readonly prefix: string;
  /** Folder of base images, overlays and work folders. Its mode is 0700 because overlays contain private keys. */
  readonly stateDir: string;
  /** Folder of configuration that Puppet writes for units and tasks. */
  readonly configDir: string;
  /** Definition of the fleet (`Fleet` in `fleet.ts`). */
  readonly fleetFile: string;
  /** Folder of scripts that units and Puppet run. */
  readonly libexecDir: string;
  /** The systemd target that starts all clones. */
  readonly target: string;
}

/**
 * Derives the names of a module's units and paths.
 *
 * @param module - Puppet module name, such as `clone_army`
 */
export function namesOf(module: string): Names {
  // Tasks run on Node 12, which does not have replaceAll.
  const prefix = `puppet-${module.replace(/_/g, '-')}`;
  const configDir = `/etc/${prefix}`;
  return Object.freeze({
    module,
    prefix,
    stateDir: `/var/lib/${prefix}`,
    configDir,
    fleetFile: `${configDir}/fleet.json`,
    libexecDir: `/usr/local/libexec/${prefix}`,
    target: `${prefix}.target`,
  });
}

/** Name of the unit that runs one clone. */
export function serviceOf(names: Names, clone: string): string {
  return `${names.prefix}@${clone}.service`;
}

/** Name of the unit that prepares the clone's overlay before its root is mounted. */
export function prepareUnitOf(names: Names, clone: string): string {
  return `${names.prefix}-prepare@${clone}.service`;
}

/** Path of the file that makes the next preparation of the clone reset it (`files/reset.sh`). */
export function resetRequestOf(names: Names, clone: string): string {
  return `${names.stateDir}/.${clone}-reset`;
}

/** Path of the clone's merged root, which is mounted while the clone runs. */
export function rootOf(clone: string): string {
  return `${MACHINES_DIR}/${clone}`;
}

/** Name of the unit that mounts the clone's root. systemd requires it to be the escaped path. */
export function mountUnitOf(clone: string): string {
  const escaped = rootOf(clone).slice(1).replace(/-/g, '\\x2d').replace(/\//g, '-');
  return `${escaped}.mount`;
}

/** Path of the clone's upper layer: changes made by the clone itself, or by an operator for this clone only. */
export function overlayOf(names: Names, clone: string): string {
  return `${names.stateDir}/${clone}-overlay`;
}

/** Folder in which a clone has a file if systemd has restarted it since somebody started it. */
export function restartedDirOf(names: Names): string {
  return `/run/${names.prefix}/restarted`;
}

/** Folder that has a folder for each load test, named after its id. */
export function loadTestsOf(names: Names): string {
  return `${names.stateDir}/.load`;
}

/** Name of the transient unit that runs the driver of a load test, without suffix. There is one at a time. */
export function loadUnitOf(names: Names): string {
  return `${names.prefix}-load`;
}

/** Path of the file in which `prepare-clone` records the base image that a clone's overlay was made for. */
export function baseRecordOf(names: Names, clone: string): string {
  return `${names.stateDir}/${clone}-workdir/base`;
}

/** Path of the file in which the build of a base image recorded its {@link Agent}. */
export function agentFileOf(names: Names, base: string): string {
  return `${names.stateDir}/${base}/usr/share/${names.prefix}/agent.json`;
}

/** Version and paths of a base image's agent, as printed by `puppet config print` in the image. */
export interface Agent {
  readonly version: string;
  readonly publicdir: string;
  readonly statedir: string;
  readonly ssldir: string;
}
