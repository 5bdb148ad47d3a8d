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

/** The host that runs the fleet. */
export function cloneHostNames(lab: string): HostNames {
  return {
    label: 'the clone host',
    target: 'clonehost',
    certname: 'clonehost.lab.example',
    container: `clone-army-${lab}`,
    home: labFolder(lab),
  };
}

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
