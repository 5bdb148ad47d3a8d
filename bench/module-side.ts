import type { Host } from '../lab/host.ts';
import { MODULES, SERVER } from '../lab/server.ts';
import {
  type Applied,
  FORGET_CLONES,
  numbered,
  puppetApply,
  runBesideResident,
  type Side,
  type SideName,
  timed,
} from './side.ts';

/** How the class is declared on each side, beside the size of the fleet. */
const PARAMETERS = {
  service: { run_mode: "'service'" },
  'service, shared memory': { run_mode: "'service'", share_memory: 'true' },
  timer: { run_mode: "'timer'", run_interval: '86400' },
} as const satisfies Partial<Record<SideName, Record<string, string>>>;

/** A key of the usual size takes longer to make than a run, which would count in the interval of the first ones. */
const BASE = "{ 'puppet_settings' => { 'agent' => { 'keylength' => '2048' } } }";

const TASKS = `${MODULES}/clone_army/tasks`;

/** All that the class has put on the host, but the base image. */
const REMOVE = `
  systemctl disable --quiet puppet-clone-army.target
  rm -rf /etc/puppet-clone-army /usr/local/libexec/puppet-clone-army \
    /etc/systemd/system/puppet-clone-army* /etc/systemd/system-generators/puppet-clone-army \
    /etc/systemd/system/systemd-machined.service.d/puppet-clone-army.conf \
    /etc/dbus-1/system.d/puppet-clone-army.conf \
    /var/lib/puppet-clone-army/.timer /var/lib/puppet-clone-army/.service
  ${FORGET_CLONES}
  systemctl reload dbus
  systemctl try-restart systemd-machined
`;

/** This module's own side, as the class and its tasks do it. */
export class ModuleSide implements Side {
  /**
   * @param prefix - What the names of its clones begin with
   * @param parameters - Parameters of the class, as Puppet code, over those of the side
   */
  constructor(
    private readonly host: Host,
    readonly name: keyof typeof PARAMETERS,
    private readonly prefix: string,
    private readonly parameters: Readonly<Record<string, string>> = {},
  ) {}

  names(clones: number): string[] {
    return numbered(this.prefix, clones);
  }

  apply(clones: number): Promise<Applied> {
    const parameters = {
      master: `'${SERVER}'`,
      num_clones: clones,
      clone_prefix: `'${this.prefix}'`,
      base: BASE,
      ...PARAMETERS[this.name],
      ...this.parameters,
    };
    const lines = Object.entries(parameters).map(([name, value]) => `  ${name} => ${value},\n`);
    return puppetApply(this.host, `class { 'clone_army':\n${lines.join('')}}\n`);
  }

  start(): Promise<number> {
    return this.task('start', { timeout: 3600 });
  }

  status(): Promise<number> {
    return this.task('status', {});
  }

  stop(): Promise<number> {
    return this.task('stop', { timeout: 3600 });
  }

  unit(clone: string): string {
    return `puppet-clone-army@${clone}.service`;
  }

  runAgent(clone: string): string {
    if (this.name !== 'timer') return runBesideResident(clone);
    return `systemctl --quiet --machine=${clone} start --wait puppet-clone-army-run.service`;
  }

  async remove(): Promise<void> {
    await this.host.ssh([REMOVE]);
  }

  /** Runs a task as Bolt does, without what Bolt itself takes. One that fails is for the figures to show. */
  private async task(name: string, parameters: object): Promise<number> {
    const input = JSON.stringify({ ...parameters, _task: `clone_army::${name}` });
    const { seconds, output } = await timed(this.host, `node ${TASKS}/${name}.js`, input);
    if (!output.includes('"totals"')) throw new Error(`the task ${name} did not answer: ${output}`);
    return seconds;
  }
}
