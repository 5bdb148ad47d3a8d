import type { Host } from '../lab/host.ts';
import { MODULES } from '../lab/server.ts';

/** A way to host clones, with all that the benchmark asks of it. Each fleet of a side has names of its own. */
export interface Side {
  /** Its column in the table. */
  readonly name: SideName;
  /** Names of the clones of a fleet. */
  names(clones: number): string[];
  /** Applies the catalog by `puppet apply` on the host. */
  apply(clones: number): Promise<Applied>;
  /** Starts all clones as fast as the side can; the seconds until none is starting any more. */
  start(clones: number): Promise<number>;
  /** What an operator asks for how the fleet is; the seconds until it is told. */
  status(): Promise<number>;
  /** Stops all clones; the seconds until they are gone. */
  stop(clones: number): Promise<number>;
  /** systemd's name for the service of a clone. */
  unit(clone: string): string;
  /** A command on the host that has the agent of a clone run once, and returns when it has. */
  runAgent(clone: string): string;
  /** Removes the fleet and all that was set up for it, but the base image. */
  remove(): Promise<void>;
}

/** All sides, in the order of the table's columns. */
export const SIDES = ['plain', 'service', 'service, shared memory', 'timer'] as const;

export type SideName = (typeof SIDES)[number];

/** Commands that remove the layers of clones and have systemd forget their units, whose files are gone. */
export const FORGET_CLONES = `
  cd /var/lib/puppet-clone-army && rm -rf ./*-overlay ./*-workdir
  find /var/lib/machines -mindepth 1 -maxdepth 1 -type d -empty -delete
  systemctl reset-failed
  systemctl daemon-reload
`;

/** What an apply did: seconds, and whether it changed anything. */
export interface Applied {
  readonly seconds: number;
  readonly changed: boolean;
}

/** Names of the clones of a fleet, by what they begin with. */
export function numbered(prefix: string, clones: number): string[] {
  return Array.from({ length: clones }, (_, i) => `${prefix}${i + 1}`);
}

/** Exit codes of `puppet apply --detailed-exitcodes`: nothing to do, and done. */
const UNCHANGED = 0;
const CHANGED = 2;

/** Applies Puppet code on the host itself. */
export async function puppetApply(host: Host, code: string): Promise<Applied> {
  const command = `puppet apply --detailed-exitcodes --color=false --modulepath=${MODULES}`;
  const { exitCode, output, seconds } = await timed(host, command, code);
  if (exitCode !== UNCHANGED && exitCode !== CHANGED)
    throw new Error(`puppet apply ended with ${exitCode}: ${output}`);
  return { seconds, changed: exitCode === CHANGED };
}

/** A command on the host that has an agent run in a clone beside the resident one, as an operator would by hand. */
export function runBesideResident(clone: string): string {
  const agent = 'puppet agent --onetime --no-daemonize --no-splay --logdest=syslog';
  return `systemd-run --quiet --wait --collect --machine=${clone} --unit=bench-run ${agent}`;
}

/** Runs a command in a shell on the host, and says how long it took there. */
export async function timed(
  host: Host,
  command: string,
  input = '',
): Promise<{ seconds: number; exitCode: number | undefined; output: string }> {
  const script = `began=$(date +%s%N); ${command}; code=$?; echo $((($(date +%s%N) - began) / 1000000)); exit $code`;
  const { exitCode, all } = await host.ssh([script], { input, stdin: 'pipe', all: true, reject: false });
  const [, output, milliseconds] = /^(.*?)(\d+)$/s.exec(String(all).trim()) ?? [];
  if (milliseconds === undefined) throw new Error(`${command} did not end: ${all}`);
  return { seconds: Number(milliseconds) / 1000, exitCode, output: output as string };
}
