import type { Host } from '../../lab/host/host.ts';
import { SERVER } from '../../lab/hosts.ts';
import { MODULES } from '../../lab/server/paths.ts';
import type { AnySideName, Applied, Side } from '../side.ts';
import { FORGET_CLONES, numbered, runBesideResident } from './commands.ts';
import { puppetApply, timed } from './timed.ts';

const SERVICE_MODE = { run_mode: "'service'" } as const;
const TIMER_MODE = { run_mode: "'timer'", run_interval: '86400' } as const;

/** Parameters of the class, as Puppet code, for each side. */
const PARAMETERS = {
  service: SERVICE_MODE,
  'service, shared memory': { ...SERVICE_MODE, share_memory: 'true' },
  timer: TIMER_MODE,
  'timer, preloaded': { ...TIMER_MODE, preload: 'true' },
  'service, earlier': SERVICE_MODE,
  'timer, earlier': TIMER_MODE,
} as const satisfies Partial<Record<AnySideName, Record<string, string>>>;

/** What forks runs. The slice of all instances, so that their names do not matter. */
const PRELOAD = String.raw`system-puppet\x2dclone\x2darmy\x2dpreload.slice`;

/** Small keys, because creating one of the default size takes longer than a run and would distort the first interval. */
const SETTINGS = "'puppet_settings' => { 'agent' => { 'keylength' => '2048' } }";

/** Removes everything that the class has put on the host, except the base image. */
const REMOVE = `
  systemctl disable --quiet puppet-clone-army.target
  rm -rf /etc/puppet-clone-army /usr/local/libexec/puppet-clone-army \
    /etc/systemd/system/puppet-clone-army* /etc/systemd/system-generators/puppet-clone-army \
    /etc/systemd/system/systemd-machined.service.d/puppet-clone-army.conf \
    /etc/dbus-1/system.d/puppet-clone-army.conf \
    /var/lib/puppet-clone-army/.timer-* /var/lib/puppet-clone-army/.service-*
  ${FORGET_CLONES}
  systemctl reload dbus
  systemctl try-restart systemd-machined
`;

/** Where a module is, and what its base image has beside the settings of all. */
interface Source {
  /** Folder of the host that contains the module. */
  readonly modules?: string;
  /** Parameters of the base image, as Puppet code. */
  readonly image?: string;
}

/** This module: the class and its tasks. */
export class ModuleSide implements Side {
  /**
   * @param prefix - Prefix of the clones' names
   * @param parameters - Further parameters of the class, as Puppet code. They override those of the side.
   */
  constructor(
    private readonly host: Host,
    readonly name: keyof typeof PARAMETERS,
    private readonly prefix: string,
    private readonly parameters: Readonly<Record<string, string>> = {},
    private readonly source: Source = {},
  ) {}

  names(clones: number): string[] {
    return numbered(this.prefix, clones);
  }

  apply(clones: number): Promise<Applied> {
    const parameters = {
      master: `'${SERVER}'`,
      num_clones: clones,
      clone_prefix: `'${this.prefix}'`,
      base: `{ ${[this.source.image, SETTINGS].filter(Boolean).join(', ')} }`,
      ...PARAMETERS[this.name],
      ...this.parameters,
    };
    const lines = Object.entries(parameters).map(([name, value]) => `  ${name} => ${value},\n`);
    return puppetApply(this.host, `class { 'clone_army':\n${lines.join('')}}\n`, this.source.modules);
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

  get helpers(): readonly string[] {
    return this.name === 'timer, preloaded' ? [PRELOAD] : [];
  }

  runAgent(clone: string): string {
    if (PARAMETERS[this.name].run_mode !== TIMER_MODE.run_mode) return runBesideResident(clone);
    return `systemctl --quiet --machine=${clone} start --wait puppet-clone-army-run.service`;
  }

  async remove(): Promise<void> {
    await this.host.ssh([REMOVE]);
  }

  /** Runs a task as Bolt does, without the time that Bolt takes. Clones that fail show in the figures. */
  private async task(name: string, parameters: object): Promise<number> {
    const input = JSON.stringify({ ...parameters, _task: `clone_army::${name}` });
    const { seconds, output } = await timed(
      this.host,
      `node ${this.source.modules ?? MODULES}/clone_army/tasks/${name}.js`,
      input,
    );
    if (!output.includes('"totals"')) throw new Error(`the task ${name} printed no result: ${output}`);
    return seconds;
  }
}
