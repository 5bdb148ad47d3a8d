import fs from 'fs-extra';
import { restoreSysctls } from '../machine/sysctl.ts';
import { processStart } from './process.ts';

/** What is recorded about a host that is up. */
export interface HostState {
  /** PID of its systemd-nspawn; 0 before that starts. */
  readonly pid: number;
  /** Start time of that process, because PIDs are reused. */
  readonly started: string;
  /** Port of its ssh server. */
  readonly port: number;
  /** This machine's kernel settings before the boot. */
  readonly sysctls: Readonly<Record<string, string>>;
}

/** The file that keeps a host's state from boot to shutdown, or beyond if the shutdown was not orderly. */
export class StateFile {
  constructor(private readonly file: string) {}

  async write(state: HostState): Promise<void> {
    await fs.writeJson(this.file, state);
  }

  /** Time (ms) of the boot that the file records. */
  async writtenAt(): Promise<number> {
    return (await fs.stat(this.file)).mtimeMs;
  }

  /** The recorded state if the host's process still runs. */
  async readRunning(): Promise<HostState | undefined> {
    const state = await this.read();
    return state && (await processStart(state.pid)) === state.started ? state : undefined;
  }

  /** The recorded kernel settings, whether or not the host is up. */
  async recordedSysctls(): Promise<HostState['sysctls'] | undefined> {
    return (await this.read())?.sysctls;
  }

  /** Restores the recorded kernel settings and removes the file. Returns the names of the settings that had changed. */
  async restoreAndRemove(): Promise<string[]> {
    const state = await this.read();
    if (!state) return [];
    const changed = await restoreSysctls(state.sysctls);
    await fs.remove(this.file);
    return changed;
  }

  private async read(): Promise<HostState | undefined> {
    return fs.readJson(this.file, { throws: false }).catch(() => undefined);
  }
}
