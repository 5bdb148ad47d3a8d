import path from 'node:path';
import { LABS } from './paths.ts';

/** Certname of the Puppet server, whichever host it runs on. */
export const SERVER = 'puppet';

/** The names of one host of a lab. */
export interface HostNames {
  /** Name in step titles and messages. */
  readonly label: string;
  /** Name in Bolt's inventory. */
  readonly target: string;
  /** Certname of the host's own agent. */
  readonly certname: string;
  /** Name of the container, unique on this machine. */
  readonly container: string;
  /** Folder for all files of the host. */
  readonly home: string;
}

/** Folder of a lab. */
export const labFolder = (lab: string) => path.join(LABS, lab);

/** Maximum number of clone hosts in a lab. */
export const CLONE_HOSTS_MAX = 4;

/**
 * A host that runs a fleet.
 *
 * @param number - Its number in the lab, from 1
 */
export function cloneHostNames(lab: string, number = 1): HostNames {
  const target = number === 1 ? 'clonehost' : `clonehost${number}`;
  return {
    label: number === 1 ? 'the clone host' : `clone host ${number}`,
    target,
    certname: `${target}.lab.example`,
    container: number === 1 ? `clone-army-${lab}` : `clone-army-${lab}-${target}`,
    home: number === 1 ? labFolder(lab) : path.join(labFolder(lab), target),
  };
}

/** Certnames of all clone hosts that a lab can have. */
export const CLONE_HOST_CERTNAMES: readonly string[] = Array.from(
  { length: CLONE_HOSTS_MAX },
  (_, i) => cloneHostNames('', i + 1).certname,
);

/** The host that runs the Puppet server if the clone host cannot. */
export function serverHostNames(lab: string): HostNames {
  return {
    label: 'the server host',
    target: 'server',
    certname: 'server.lab.example',
    container: `clone-army-${lab}-server`,
    home: path.join(labFolder(lab), 'server'),
  };
}
