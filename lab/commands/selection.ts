import type { Command } from 'commander';
import { CLONE_HOSTS_MAX } from '../hosts.ts';
import { Lab } from '../lab.ts';
import { osRelease } from '../machine/os-release.ts';
import type { Release } from '../release.ts';
import { wholeNumber } from '../whole-number.ts';

interface LabOptions {
  readonly release?: string;
  readonly name: string;
  readonly hosts: number;
  readonly clones: number;
  readonly puppetdb: boolean;
}

/** What the options that all commands share select. */
export interface Selection {
  readonly lab: Lab;
  /** Release of a clone host that does not exist yet. */
  readonly release: Release;
  /** Number of clones on each host. */
  readonly clones: number;
  /** Whether the server gets a PuppetDB. */
  readonly puppetdb: boolean;
}

/** Adds the options that all commands share. */
export function addSelectionOptions(program: Command): Command {
  return program
    .option('--release <codename>', "the clone host's release, such as bookworm; only for a new host")
    .option('--name <name>', 'name of the lab', 'lab')
    .option(
      '--hosts <n>',
      'number of clone hosts; an existing lab keeps those that it has',
      wholeNumber(1, CLONE_HOSTS_MAX),
      1,
    )
    .option('--clones <n>', 'size of the fleet on each host', wholeNumber(1), 5)
    .option('--puppetdb', 'give the server a PuppetDB, which an existing lab keeps', false);
}

/** Reads the shared options. */
export async function selectionOf(command: Command): Promise<Selection> {
  const { name, release, hosts, clones, puppetdb } = command.optsWithGlobals<LabOptions>();
  return { lab: new Lab(name, {}, hosts), release: await releaseOf(release), clones, puppetdb };
}

/** By default, Debian 13 on a Debian machine, and the machine's own release on Ubuntu. */
async function releaseOf(suite?: string): Promise<Release> {
  const { id, codename } = await osRelease();
  return id === 'ubuntu'
    ? { os: 'Ubuntu', suite: suite ?? codename }
    : { os: 'Debian', suite: suite ?? 'trixie' };
}
