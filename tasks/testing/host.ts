import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Fleet, Group } from '../../model/fleet.ts';
import { type Agent, agentFileOf, DEFAULT_MODULE, namesOf, overlayOf, serviceOf } from '../../model/names.ts';
import type { Host, Output, TransientUnit } from '../lib/contract/host.ts';
import { prepareBelow } from './prepare.ts';
import { type FakeClone, FakeSystemd, fakeState, LANES } from './systemd.ts';

export const NAMES = namesOf(DEFAULT_MODULE);

/** Memory of a running clone in bytes. */
export const MEMORY = 70 * 1024 * 1024;
/** Start time of running clones. */
export const SINCE = new Date('2026-11-24T12:00:05Z');

export const AGENT: Agent = {
  version: '8.10.0',
  publicdir: '/var/cache/puppet/public',
  statedir: '/var/cache/puppet/state',
  ssldir: '/var/lib/puppet/ssl',
};

/** A fleet with these groups. Default: clone1 to clone5. */
export function fleetOf(...groups: Partial<Group>[]): Fleet {
  const group: Group = { base: 'debian-13', prefix: 'clone', first: 1, count: 5 };
  return {
    version: 1,
    host: 'host1.example',
    server: 'puppet.example',
    run_mode: 'service',
    run_interval: 1800,
    run_immediately: false,
    lanes: LANES,
    groups: (groups.length > 0 ? groups : [{}]).map((differs) => ({ ...group, ...differs })),
  };
}

/** A host in a temporary folder, with a fake systemd, and with a clock that advances only in `sleep`. */
export class FakeHost implements Host {
  readonly names = NAMES;
  readonly root = fs.mkdtempSync(path.join(os.tmpdir(), 'clone-host-'));
  readonly uid: number = 0;
  readonly processors = 2;
  readonly systemd: FakeSystemd;
  /** CA certificates that the server gives to agents; null if it does not answer. */
  ca: string | null = null;
  /** Free disk space in bytes; null if unknown. */
  free: number | null = null;
  private time = 100_000;

  constructor(clones: Readonly<Record<string, Partial<FakeClone>>>) {
    this.systemd = new FakeSystemd(fakeState(NAMES, clones), prepareBelow(this.root, NAMES));
    for (const [name, { service }] of Object.entries(clones)) {
      if (service === 'active') this.writeGroup(name);
    }
  }

  /** Calls of systemctl that change something. */
  get changes(): string[][] {
    return this.systemd.state.calls.filter(
      ([command]) => !['list-jobs', 'list-units', 'show'].includes(command as string),
    );
  }

  systemctl = async (args: readonly string[]) => this.systemd.systemctl(args);
  keepActive = async (_scope: string, units: readonly string[]) => {
    this.systemd.state.keptActive = units;
    return async () => this.systemd.release();
  };
  umount = async (roots: readonly string[]) => this.systemd.umount(roots);
  /** Results of commands in clones, by clone; null if the command does not end. Others succeed without output. */
  readonly outputs = new Map<string, Output | Error | null>();
  /** Commands in clones, in order, and the maximum number at the same time. */
  readonly commands: { clone: string; unit: string; script: string }[] = [];
  readonly left: string[] = [];
  private running = 0;
  mostRunning = 0;
  /** Called when a command in a clone ends. */
  onEnd: (clone: string) => void = () => {};
  inClone = (clone: string, unit: string, script: string) => {
    this.commands.push({ clone, unit, script });
    this.mostRunning = Math.max(this.mostRunning, ++this.running);
    const result = this.outputs.get(clone);
    const run = async (): Promise<Output> => {
      await this.sleep(1500);
      if (result === null) return new Promise(() => {});
      this.running -= 1;
      this.onEnd(clone);
      if (result instanceof Error) throw result;
      return result ?? { code: 100, stdout: '', stderr: '' };
    };
    return { output: run(), leave: () => void this.left.push(clone) };
  };
  /** Transient units that were started. */
  readonly units: TransientUnit[] = [];
  /** Message of systemd-run; empty if it starts units. */
  unitError = '';
  startUnit = async (unit: TransientUnit) => {
    this.units.push(unit);
    return { code: this.unitError === '' ? 0 : 1, stdout: '', stderr: this.unitError };
  };
  /** Results of builds, by base image; null for one that takes too long. Others succeed. */
  readonly builds = new Map<string, Output | null>();
  /** Base images that were built, in order, with their timeouts in seconds. */
  readonly built: [string, number][] = [];
  buildBase = async (base: string, seconds: number) => {
    this.built.push([base, seconds]);
    const result = this.builds.get(base);
    this.time += (result === null ? seconds : 60) * 1000;
    return result === undefined ? { code: 0, stdout: '', stderr: '' } : result;
  };
  serverCa = async () => this.ca;
  freeBytes = (folder: string) => (folder === this.root + NAMES.stateDir ? this.free : null);
  uptime = () => this.time;
  now = () => Date.UTC(2026, 10, 24, 12) + this.time;
  sleep = async (milliseconds: number) => {
    this.time += milliseconds;
  };

  write(file: string, content: string): void {
    const full = path.join(this.root, file);
    fs.mkdirSync(path.dirname(full), { recursive: true });
    fs.writeFileSync(full, content);
  }

  /** Writes a shell script that bundles find as a command. */
  writeCommand(name: string, script: string): void {
    this.write(`commands/${name}`, `#!/bin/sh\n${script}\n`);
    fs.chmodSync(path.join(this.root, 'commands', name), 0o755);
  }

  writeFleet(fleet: Fleet): void {
    this.write(NAMES.fleetFile, JSON.stringify(fleet));
  }

  writeAgent(base: string, agent: Agent = AGENT): void {
    this.write(agentFileOf(NAMES, base), JSON.stringify(agent));
  }

  /** Writes what a clone, or a base image, trusts. */
  writeCa(tree: string, pem: string): void {
    this.write(`${NAMES.stateDir}/${tree}${AGENT.ssldir}/certs/ca.pem`, pem);
  }

  createOverlay(clone: string): void {
    fs.mkdirSync(path.join(this.root, overlayOf(NAMES, clone)), { recursive: true });
  }

  writeSummary(clone: string, text: string): void {
    this.write(`${overlayOf(NAMES, clone)}${AGENT.publicdir}/last_run_summary.yaml`, text);
  }

  /** Creates the control group of a running clone. */
  private writeGroup(clone: string): void {
    const slice = '/sys/fs/cgroup/machine.slice';
    const group = `${slice}/${serviceOf(NAMES, clone)}`;
    for (const folder of [slice, group]) this.write(`${folder}/memory.current`, `${MEMORY}\n`);
    fs.utimesSync(path.join(this.root, group), SINCE, SINCE);
  }

  remove(): void {
    fs.rmSync(this.root, { recursive: true, force: true });
  }
}
