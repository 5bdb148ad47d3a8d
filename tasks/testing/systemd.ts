import * as path from 'node:path';
import { loadUnitOf, mountUnitOf, type Names, prepareUnitOf, serviceOf } from '../../model/names.ts';
import type { Output } from '../lib/contract/host.ts';
import { done, withErrors } from './output.ts';

/** What happens when a clone is started or stopped. */
export type Behaviour = 'normal' | 'fails' | 'hangs' | 'unmountable' | 'stays-mounted';

/** State of a clone's units. It is plain data, so that the fake systemctl command can store it in a file. */
export interface FakeClone {
  load: 'loaded' | 'masked' | 'unloaded';
  service: string;
  mount: string;
  job?: 'start' | 'stop' | 'restart';
  /** Number of calls of `list-jobs` until the job ends. */
  pollsLeft: number;
  result: string;
  restarts: number;
  behaviour: Behaviour;
  wanted: boolean;
}

/** State of a {@link FakeSystemd}, and a record of its calls. */
export interface FakeState {
  readonly names: Names;
  readonly lanes: number;
  readonly clones: Record<string, FakeClone>;
  /** Maximum number of clones that were starting, and stopping, at the same time. */
  readonly peak: { activating: number; deactivating: number };
  /** Load test whose driver is running. */
  loadTest: string | null;
  /** Mount units that are kept active. */
  keptActive: readonly string[];
  /** Arguments of every call of umount. */
  readonly umounts: string[][];
  /** Arguments of every call of systemctl. */
  readonly calls: string[][];
}

/** Initial state. By default, clones are stopped and enabled. */
export function fakeState(names: Names, clones: Readonly<Record<string, Partial<FakeClone>>>): FakeState {
  const stopped: FakeClone = {
    load: 'loaded',
    service: 'inactive',
    mount: 'inactive',
    pollsLeft: 0,
    result: 'success',
    restarts: 0,
    behaviour: 'normal',
    wanted: true,
  };
  const entries = Object.entries(clones).map(([name, clone]) => [name, { ...stopped, ...clone }] as const);
  const peak = { activating: 0, deactivating: 0 };
  return {
    names,
    lanes: LANES,
    clones: Object.fromEntries(entries),
    calls: [],
    umounts: [],
    keptActive: [],
    loadTest: null,
    peak,
  };
}

/** Number of lanes. Each clone is ordered after the one this many positions before it. */
export const LANES = 4;

/** A running clone. */
export const RUNNING = { service: 'active', mount: 'active' } as const;

/** Maximum number of open files of systemd-machined. */
export const MACHINED_FILES = 1424;

/** Version of systemd. */
const VERSION = '257.8';

/** Simulates systemctl and clones with the behaviour of systemd 252. Jobs progress at each call of `list-jobs`. */
export class FakeSystemd {
  /**
   * @param prepare - prepares the overlay of a clone before it is mounted; returns whether that succeeds
   */
  constructor(
    readonly state: FakeState,
    private readonly prepare: (clone: string) => boolean = () => true,
  ) {}

  systemctl(args: readonly string[]): Output {
    this.state.calls.push([...args]);
    const [command, ...rest] = args;
    const units = rest.filter((arg) => !arg.startsWith('--'));
    switch (command) {
      case 'list-jobs':
        return this.listJobs();
      case 'list-units':
        return this.listUnits();
      case 'show':
        return done(
          units.length === 0 ? `Version=${VERSION}\n` : units.map((unit) => this.show(unit)).join('\n'),
        );
      case 'start':
        return withErrors(units.flatMap((unit) => this.start(unit)));
      case 'stop':
        return withErrors(units.flatMap((unit) => this.stop(unit)));
      case 'restart':
        return withErrors(units.flatMap((unit) => this.restart(unit)));
      case 'reset-failed':
        for (const unit of units) this.resetFailed(unit);
        return done('');
      default:
        throw new Error(`The fake systemctl does not support ${command}; add it in tasks/testing/systemd.ts`);
    }
  }

  private listJobs(): Output {
    const clones = Object.values(this.state.clones);
    const runnable = clones.filter((clone, i) => clone.job && !this.waits(clone, i));
    for (const clone of runnable) this.advance(clone);
    for (const change of ['activating', 'deactivating'] as const) {
      const count = clones.filter(({ service }) => service === change).length;
      this.state.peak[change] = Math.max(this.state.peak[change], count);
    }
    const jobs = this.entries().flatMap(([name, { job }], i) =>
      job ? [`${i + 1} ${this.service(name)} ${job} running\n`] : [],
    );
    return done(jobs.join(''));
  }

  /** Stops keeping mounts active, and unmounts those that are unneeded. */
  release(): void {
    this.state.keptActive = [];
    for (const clone of Object.values(this.state.clones)) {
      if (clone.service !== 'active' && !clone.job) clone.mount = unmounted(clone);
    }
  }

  umount(roots: readonly string[]): Output {
    this.state.umounts.push([...roots]);
    const busy = roots.filter((root) => {
      const clone = this.clone(mountUnitOf(path.basename(root)));
      clone.mount = unmounted(clone);
      return clone.mount !== 'inactive';
    });
    const stderr = busy.map((root) => `umount: ${root}: target is busy.\n`).join('');
    return { code: busy.length > 0 ? 32 : 0, stdout: '', stderr };
  }

  private advance(clone: FakeClone): void {
    clone.pollsLeft -= 1;
    if (clone.job === 'start') clone.service = 'activating';
    else if (clone.service !== 'inactive') clone.service = 'deactivating';
    if (clone.pollsLeft > 0 || clone.behaviour === 'hangs') return;
    if (clone.job === 'restart') {
      // If the root cannot be unmounted, systemd starts the clone again on it.
      const mount = unmounted(clone);
      const name = this.entries().find(([, other]) => other === clone)?.[0] as string;
      const isPrepared = mount !== 'inactive' || this.prepare(name);
      Object.assign(clone, {
        service: 'inactive',
        mount,
        job: isPrepared ? 'start' : undefined,
        pollsLeft: 2,
      });
      return;
    }
    if (clone.job === 'start') Object.assign(clone, started(clone.behaviour));
    else {
      clone.service = 'inactive';
      const name = this.entries().find(([, other]) => other === clone)?.[0] as string;
      if (!this.state.keptActive.includes(mountUnitOf(name))) clone.mount = unmounted(clone);
    }
    clone.job = undefined;
  }

  /** Whether the clone waits for another one: to start, for any job of the previous one in the lane; to stop, for a stop of the next one. */
  private waits({ job }: FakeClone, position: number): boolean {
    const clones = Object.values(this.state.clones);
    if (job === 'start') return clones[position - this.state.lanes]?.job !== undefined;
    const next = clones[position + this.state.lanes]?.job;
    return next !== undefined && next !== 'start';
  }

  private listUnits(): Output {
    const lines = this.entries().flatMap(([name, { load, service, mount }]) =>
      load === 'unloaded'
        ? []
        : [
            `${this.service(name)} ${load} ${service} sub clone ${name}\n`,
            `${mountUnitOf(name)} loaded ${mount} sub /some/path\n`,
          ],
    );
    return done(lines.join(''));
  }

  private show(unit: string): string {
    if (unit === this.state.names.target) {
      const wanted = this.entries().filter(([, clone]) => clone.wanted);
      return `Id=${unit}\nWants=${wanted.map(([name]) => this.service(name)).join(' ')}\n`;
    }
    if (unit === 'systemd-machined.service') return `Id=${unit}\nLimitNOFILESoft=${MACHINED_FILES}\n`;
    if (unit === `${loadUnitOf(this.state.names)}.service`) return this.showDriver(unit);
    const { load, result, restarts } = this.clone(unit);
    return `Result=${result}\nNRestarts=${restarts}\nId=${unit}\nLoadState=${load}\n`;
  }

  private showDriver(unit: string): string {
    const { loadTest } = this.state;
    return loadTest === null
      ? `Id=${unit}\nActiveState=inactive\nDescription=${unit}\n`
      : `Id=${unit}\nActiveState=active\nDescription=Load test ${loadTest}\n`;
  }

  private start(unit: string): string[] {
    const prepared = this.entries().find(([name]) => prepareUnitOf(this.state.names, name) === unit);
    if (prepared) {
      return this.prepare(prepared[0]) ? [] : [`Job for ${unit} failed because the control process exited.`];
    }
    const clone = this.clone(unit);
    if (clone.load === 'masked') return [`Failed to start ${unit}: Unit ${unit} is masked.`];
    Object.assign(clone, { job: 'start', pollsLeft: 2 });
    return [];
  }

  private stop(unit: string): string[] {
    if (unit === `${loadUnitOf(this.state.names)}.service`) {
      this.state.loadTest = null;
      return [];
    }
    const clone = this.clone(unit);
    Object.assign(clone, { job: 'stop', pollsLeft: 2 });
    return [];
  }

  /** Restarting the mount of a running clone restarts the clone, too. */
  private restart(unit: string): string[] {
    Object.assign(this.clone(unit), { job: 'restart', pollsLeft: 2 });
    return [];
  }

  private resetFailed(unit: string): void {
    const clone = this.clone(unit);
    if (clone.service === 'failed') clone.service = 'inactive';
    if (clone.mount === 'failed') clone.mount = 'inactive';
  }

  private entries(): [string, FakeClone][] {
    return Object.entries(this.state.clones);
  }

  private service(clone: string): string {
    return serviceOf(this.state.names, clone);
  }

  private clone(unit: string): FakeClone {
    const found = this.entries().find(([name]) => [this.service(name), mountUnitOf(name)].includes(unit));
    if (!found) throw new Error(`The fake systemd does not have the unit ${unit}`);
    return found[1];
  }
}

function started(behaviour: Behaviour): Partial<FakeClone> {
  if (behaviour === 'fails') return { service: 'failed', mount: 'inactive', result: 'exit-code' };
  if (behaviour === 'unmountable') return { service: 'inactive', mount: 'failed' };
  return { service: 'active', mount: 'active' };
}

function unmounted({ behaviour, mount }: FakeClone): string {
  return behaviour === 'stays-mounted' ? mount : 'inactive';
}
