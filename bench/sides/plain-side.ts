import fs from 'fs-extra';
import type { Host } from '../../lab/host/host.ts';
import type { Applied, Side } from '../side.ts';
import { FORGET_CLONES, numbered, runBesideResident } from './commands.ts';
import { puppetApply, timed } from './timed.ts';

const CODE = new URL('plain.pp', import.meta.url);

/** Time limit for all clones to start or stop. Units that hang count as not running. */
const TIMEOUT_SECONDS = 900;

const REMOVE = `
  rm -rf /etc/systemd/system/plain-army* /etc/systemd/system/var-lib-machines-*.mount
  ${FORGET_CLONES}
`;

/** The design to compare with: a define per clone, on the same base image. */
export class PlainSide implements Side {
  readonly name = 'plain';

  /**
   * @param prefix - Prefix of the clones' names
   * @param base - Name of the base image
   */
  constructor(
    private readonly host: Host,
    private readonly prefix: string,
    private readonly base: string,
  ) {}

  names(clones: number): string[] {
    return numbered(this.prefix, clones);
  }

  async apply(clones: number): Promise<Applied> {
    const list = this.names(clones).map((clone) => `'${clone}'`);
    const code = await fs.readFile(CODE, 'utf8');
    return puppetApply(this.host, `$base = '${this.base}'\n$clones = [${list.join(', ')}]\n${code}`);
  }

  start(clones: number): Promise<number> {
    return this.systemctl('start', clones);
  }

  async status(): Promise<number> {
    return (await timed(this.host, "machinectl list && systemctl list-units 'plain-army@*'")).seconds;
  }

  stop(clones: number): Promise<number> {
    return this.systemctl('stop', clones);
  }

  unit(clone: string): string {
    return `plain-army@${clone}.service`;
  }

  readonly helpers: readonly string[] = [];
  readonly runAgent = runBesideResident;

  async remove(): Promise<void> {
    await this.host.ssh([REMOVE]);
  }

  private async systemctl(verb: string, clones: number): Promise<number> {
    const units = this.names(clones).map((clone) => this.unit(clone));
    return (await timed(this.host, `timeout ${TIMEOUT_SECONDS} systemctl ${verb} ${units.join(' ')}`))
      .seconds;
  }
}
