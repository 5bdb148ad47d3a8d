import type { Host } from '../../lab/host/host.ts';
import { readSysctls, restoreSysctls } from '../../lab/machine/sysctl.ts';
import type { Step } from '../../lab/steps/run-steps.ts';
import { EARLIER_MODULES } from '../earlier.ts';
import type { Note, Recorder } from '../recorder.ts';
import type { Side } from '../side.ts';
import { ModuleSide } from '../sides/module-side.ts';
import { PlainSide } from '../sides/plain-side.ts';

/** Makes a side for one fleet, whose clones' names have this prefix. */
export type MakeSide = (prefix: string) => Side;

/** The host that the benchmark runs on, and the record of its results. */
export class Bench {
  private fleets = 0;

  constructor(
    readonly host: Host,
    private readonly recorder: Recorder,
    /** Name of the base image. */
    private readonly base: string,
  ) {}

  get note(): Note {
    return this.recorder.note;
  }

  /**
   * This module, or that of an earlier revision, which has been installed into a folder of its own and builds an image
   * of its own.
   *
   * @param parameters - Further parameters of the class, as Puppet code
   */
  module(name: ModuleSide['name'], parameters = {}): MakeSide {
    const source = name.endsWith(', earlier')
      ? { modules: EARLIER_MODULES, image: `'name' => 'earlier', 'image' => '${this.base}'` }
      : {};
    return (prefix) => new ModuleSide(this.host, name, prefix, parameters, source);
  }

  plain(): MakeSide {
    return (prefix) => new PlainSide(this.host, prefix, this.base);
  }

  /** A step that measures one side. Afterwards, the host is as it was before, and the results are saved. */
  step(
    title: string,
    makeSide: MakeSide,
    work: (side: Side, progress: (line: string) => void) => Promise<void>,
  ): Step {
    return {
      title,
      task: async (_, task) => {
        const sysctls = await readSysctls();
        const side = makeSide(this.nextPrefix());
        await work(side, (line) => (task.output = line));
        await side.remove();
        await restoreSysctls(sysctls);
        await this.recorder.save();
      },
    };
  }

  /** A prefix that no earlier fleet had, because the server keeps the certificates of those. */
  private nextPrefix(): string {
    const digits = [Math.floor(this.fleets / 26), this.fleets % 26];
    this.fleets++;
    return `fleet${digits.map((digit) => String.fromCharCode(97 + digit)).join('')}`;
  }
}
