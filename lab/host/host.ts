import path from 'node:path';
import { execa, type Options } from 'execa';
import fs from 'fs-extra';
import { LabError } from '../errors.ts';
import type { HostNames } from '../hosts.ts';
import { freePort } from '../machine/free-port.ts';
import { readSysctls } from '../machine/sysctl.ts';
import { waitUntil } from '../wait.ts';
import { removeCgroup } from './cgroup.ts';
import { type ContainerOptions, startContainer } from './container.ts';
import { processStart, signal } from './process.ts';
import { killRemains, processesOf, unmountBelow } from './remains.ts';
import { configureNetwork, createRoot } from './root.ts';
import { ensureKey, sshArguments } from './ssh.ts';
import { type HostState, StateFile } from './state.ts';

const BOOT_TIMEOUT_MS = 120_000;

/** A killed process has to end its system calls first. */
const CRASH_TIMEOUT_MS = 30_000;

/** The clones of a large fleet stop in turn, which takes minutes. */
const SHUTDOWN_TIMEOUT_MS = 600_000;

/** A host in a container. It shares this machine's network; ssh listens on a loopback port. */
export class Host {
  readonly certname: string;
  readonly home: string;
  readonly key: string;
  readonly label: string;
  readonly root: string;
  readonly target: string;
  private readonly consoleLog: string;
  private readonly container: string;
  private readonly stateFile: StateFile;

  constructor(
    { label, target, certname, container, home }: HostNames,
    private readonly options: ContainerOptions = {},
  ) {
    this.certname = certname;
    this.home = home;
    this.key = path.join(home, 'id_ed25519');
    this.label = label;
    this.root = path.join(home, 'root');
    this.target = target;
    this.consoleLog = path.join(home, 'console.log');
    this.container = container;
    this.stateFile = new StateFile(path.join(home, 'state.json'));
  }

  /** Path on this machine of a file of the host. */
  file(name: string): string {
    return path.join(this.root, name);
  }

  /** Whether the host has been created. */
  async exists(): Promise<boolean> {
    return fs.pathExists(this.root);
  }

  /** The state of the host if it is up. */
  async state(): Promise<HostState | undefined> {
    return this.stateFile.readRunning();
  }

  /** Processes of a host that is not up: its systemd-nspawn was killed, and they live on. */
  async remains(): Promise<readonly number[]> {
    return (await this.state()) ? [] : processesOf(this.container, this.root);
  }

  /** Removes what is left of a host that is not up. Returns the number of processes that were left. */
  async removeRemains(): Promise<number> {
    if (await this.state()) return 0;
    const killed = await killRemains(this.container, this.root);
    await unmountBelow(this.home);
    await removeCgroup(this.container);
    return killed;
  }

  /** Whether the host is up and was booted after a time (ms). */
  async bootedSince(time: number): Promise<boolean> {
    return (await this.state()) !== undefined && (await this.stateFile.writtenAt()) >= time;
  }

  /** Creates the host from an image. */
  async create(image: string): Promise<void> {
    await fs.ensureDir(this.home);
    await fs.chmod(this.home, 0o700);
    await ensureKey(this.key);
    await createRoot(this.root, { image, hostname: this.certname, publicKey: `${this.key}.pub` });
  }

  /** Boots the host unless it is up, and waits for ssh. */
  async boot(): Promise<void> {
    if (await this.state()) return;
    await this.removeRemains();

    const port = await freePort();
    await configureNetwork(this.root, port, this.certname);
    // After a shutdown that was not orderly, the record stays. Restoring it here would take limits from other hosts.
    const sysctls = (await this.stateFile.recordedSysctls()) ?? (await readSysctls());
    // Before the host changes them, in case this process is killed.
    await this.stateFile.write({ pid: 0, started: '', port, sysctls });
    const pid = await startContainer(this.root, this.container, this.consoleLog, this.options);
    await this.stateFile.write({ pid, started: (await processStart(pid)) ?? '', port, sysctls });

    await this.waitUntil('boot', BOOT_TIMEOUT_MS, async () => {
      if (!(await this.state())) {
        const log = await fs.readFile(this.consoleLog, 'utf8');
        const end = log.trim().split('\n').slice(-5).join('\n');
        throw new LabError(`${this.label} did not boot: ${end}`, `see ${this.consoleLog}`);
      }
      return !(await this.ssh(['true'], { reject: false })).failed;
    });
  }

  /** Shuts the host down, removes what is left of it, and restores this machine's kernel settings. */
  async shutdown(): Promise<{ wasUp: boolean; sysctls: string[] }> {
    const state = await this.state();
    if (state) {
      // systemd-nspawn turns this into an orderly shutdown.
      signal(state.pid, 'SIGTERM');
      await this.waitUntil('shut down', SHUTDOWN_TIMEOUT_MS, async () => !(await this.state())).catch(() =>
        signal(state.pid, 'SIGKILL'),
      );
    }
    const killed = await this.removeRemains();
    const sysctls = await this.stateFile.restoreAndRemove();
    return { wasUp: state !== undefined || killed > 0, sysctls };
  }

  /** Ends the host as a failure of its power would: nothing on it gets to write or to say anything. */
  async crash(): Promise<void> {
    const { pid } = await this.assertUp();
    signal(pid, 'SIGKILL');
    // Until it has ended, the host counts as up.
    await this.waitUntil('end', CRASH_TIMEOUT_MS, async () => !(await this.state()));
    await this.removeRemains();
  }

  /** Shuts the host down and boots it again. */
  async reboot(): Promise<void> {
    await this.shutdown();
    await this.boot();
  }

  /** The state of a host that is up. Throws an error with the remedy if it is not. */
  async assertUp(): Promise<HostState> {
    const state = await this.state();
    if (!state) throw new LabError(`${this.label} (${this.container}) is not up`, 'start it: bin/lab up');
    return state;
  }

  /** Arguments for `ssh` to the host. */
  async sshArguments(): Promise<string[]> {
    const { port } = await this.assertUp();
    return sshArguments(this.key, port);
  }

  /** Runs a command on the host, in root's shell. */
  async ssh<T extends Options>(command: readonly string[], options?: T) {
    return execa('ssh', [...(await this.sshArguments()), ...command], { stdin: 'ignore', ...options } as T & {
      stdin: 'ignore';
    });
  }

  /** Standard output of a command in root's shell, without the last newline. Throws if the command fails. */
  async output(command: string): Promise<string> {
    return String((await this.ssh([command])).stdout);
  }

  private async waitUntil(
    action: string,
    timeoutMs: number,
    condition: () => Promise<boolean>,
  ): Promise<void> {
    await waitUntil(condition, {
      timeoutMs,
      intervalMs: 300,
      timeoutError: () =>
        new LabError(
          `${this.label} did not ${action} within ${timeoutMs / 1000} s`,
          `see ${this.consoleLog}`,
        ),
    });
  }
}
