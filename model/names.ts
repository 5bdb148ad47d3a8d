/** The module's name as every file is written for it; `emit/rename` turns it into the name being published. */
export const DEFAULT_MODULE = 'clone_army';

/** Where systemd-nspawn and machinectl look for a machine's root; fixed by systemd. */
export const MACHINES_DIR = '/var/lib/machines';

/** Every name and path that a host carries, derived from the module's name. */
export interface Names {
  /** Puppet name of the module, and so the prefix of its classes, types, tasks and plans. */
  readonly module: string;
  /** Prefix of systemd units and host paths. */
  readonly prefix: string;
  /** Base images, overlays and work folders; mode 0700, because overlays hold private keys. */
  readonly stateDir: string;
  /** What Puppet writes for units and tasks to read. */
  readonly configDir: string;
  /** The fleet as data (see {@link Fleet} in `fleet.ts`). */
  readonly fleetFile: string;
  /** Scripts that units and Puppet run. */
  readonly libexecDir: string;
  /** The unit that stands for all clones. */
  readonly target: string;
}

/**
 * Derives the names of a module's units and paths.
 *
 * @param module - Puppet module name, such as `clone_army`
 */
export function namesOf(module: string): Names {
  // Not replaceAll: the tasks call this on Node 12, which has none.
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

/** The clone's merged root; there only while the clone runs. */
export function rootOf(clone: string): string {
  return `${MACHINES_DIR}/${clone}`;
}

/** Name of the unit that mounts the clone's root; systemd asks for the path itself, with its own dashes escaped. */
export function mountUnitOf(clone: string): string {
  const escaped = rootOf(clone).slice(1).replace(/-/g, '\\x2d').replace(/\//g, '-');
  return `${escaped}.mount`;
}

/** The clone's upper layer: all that it changed, and all that an operator changed for it alone. */
export function overlayOf(names: Names, clone: string): string {
  return `${names.stateDir}/${clone}-overlay`;
}

/** What the build of a base image found out about its agent (see {@link Agent}), kept inside the image. */
export function agentFileOf(names: Names, base: string): string {
  return `${names.stateDir}/${base}/usr/share/${names.prefix}/agent.json`;
}

/** Version and paths of a base image's agent, as `puppet config print` answered inside the image. */
export interface Agent {
  readonly version: string;
  readonly publicdir: string;
  readonly statedir: string;
  readonly ssldir: string;
}
