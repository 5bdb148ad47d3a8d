import { spawn } from 'node:child_process';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa, type Options } from 'execa';
import fs from 'fs-extra';
import { inOwnCgroup, removeCgroup } from './cgroup.ts';
import { LabProblem } from './problem.ts';
import { readSysctls, restoreSysctls } from './sysctl.ts';

/** What is written down about a lab that is up. */
interface State {
  readonly pid: number;
  /** When that process started, in clock ticks since boot: a pid alone may be somebody else's by now. */
  readonly started: string;
  readonly port: number;
  readonly sysctls: Readonly<Record<string, string>>;
}

/** Time that a host may take to boot, in ms. */
const BOOT_MS = 120_000;

/** Time that a host may take to shut down, in ms: its clones go in turn, as they came. */
const SHUTDOWN_MS = 600_000;

/** A host in a container on this machine, which it shares the network of, reached over ssh on loopback. */
export class Host {
  readonly root: string;
  readonly key: string;
  private readonly machine: string;
  private readonly stateFile: string;

  /**
   * @param name - Its name on this machine
   * @param certname - Its name to others
   * @param home - Folder for all that belongs to it
   */
  constructor(
    readonly name: string,
    readonly certname: string,
    readonly home: string,
  ) {
    this.root = path.join(this.home, 'root');
    this.machine = `clone-army-${name}`;
    this.key = path.join(this.home, 'id_ed25519');
    this.stateFile = path.join(this.home, 'state.json');
  }

  /** A file of the host, as this machine sees it. */
  file(name: string): string {
    return path.join(this.root, name);
  }

  async exists(): Promise<boolean> {
    return fs.pathExists(this.root);
  }

  /** Makes the host from an image: copied aside and moved into place. */
  async create(image: string): Promise<void> {
    const building = `${this.root}-building`;
    await fs.ensureDir(this.home);
    await fs.chmod(this.home, 0o700);
    await fs.remove(building);
    await execa('cp', ['--archive', '--reflink=auto', image, building]);
    if (!(await fs.pathExists(this.key))) {
      await execa('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'clone-army-lab', '-f', this.key]);
    }
    await execa('install', [
      '-D',
      '-m',
      '0600',
      `${this.key}.pub`,
      path.join(building, 'root/.ssh/authorized_keys'),
    ]);
    await fs.writeFile(path.join(building, 'etc/hostname'), `${this.certname}\n`);
    // Keeps root's user manager, which systemd would start anew for every ssh session.
    await fs.outputFile(path.join(building, 'var/lib/systemd/linger/root'), '');
    // It loads modules into this machine's kernel, which is not the host's to do.
    await fs.ensureSymlink(
      '/dev/null',
      path.join(building, 'etc/systemd/system/systemd-modules-load.service'),
    );
    await execa('systemctl', [`--root=${building}`, 'enable', 'ssh.service']);
    await fs.rename(building, this.root);
  }

  /** Boots the host, unless it is up. */
  async boot(): Promise<void> {
    if (await this.state()) return;
    await restoreInterrupted(this.stateFile);

    const port = await freePort();
    const machineHosts = await fs.readFile('/etc/hosts', 'utf8');
    await fs.writeFile(
      this.file('etc/hosts'),
      `${machineHosts.trimEnd()}\n127.0.0.1 puppet ${this.certname}\n`,
    );
    await fs.writeFile(this.file('etc/resolv.conf'), await fs.readFile('/etc/resolv.conf', 'utf8'));
    await fs.outputFile(
      this.file('etc/ssh/sshd_config.d/lab.conf'),
      `Port ${port}\nListenAddress 127.0.0.1\n`,
    );

    const sysctls = await readSysctls();
    const log = await fs.open(path.join(this.home, 'console.log'), 'w');
    const [command, ...words] = await this.command();
    // Not execa: the host outlives this process, and execa keeps hold of what it starts.
    const nspawn = spawn(command as string, words, {
      // /proc/sys is writable, because raising the kernel's limits is part of what a clone host does.
      env: { ...process.env, SYSTEMD_NSPAWN_UNIFIED_HIERARCHY: '1', SYSTEMD_NSPAWN_API_VFS_WRITABLE: '1' },
      detached: true,
      stdio: ['ignore', log, log],
    });
    nspawn.unref();
    await fs.close(log);
    const pid = nspawn.pid as number;
    const started = (await startOf(pid)) ?? '';
    await fs.writeJson(this.stateFile, { pid, started, port, sysctls } satisfies State);

    await this.until('boot', BOOT_MS, async () => {
      if (!(await this.state())) {
        const tail = (await fs.readFile(path.join(this.home, 'console.log'), 'utf8'))
          .trim()
          .split('\n')
          .slice(-5)
          .join('\n');
        throw new LabProblem(`the host did not boot: ${tail}`, `see ${this.home}/console.log`);
      }
      return !(await this.ssh(['true'], { reject: false })).failed;
    });
  }

  private async command(): Promise<string[]> {
    const nspawn = [
      'systemd-nspawn',
      '--boot',
      `--directory=${this.root}`,
      `--machine=${this.machine}`,
      '--register=no',
      '--capability=all',
      '--system-call-filter=add_key keyctl bpf',
      // Read, because an init whose console nobody reads stops when it is full: a large fleet's shutdown fills it.
      '--console=read-only',
    ];
    // Where systemd runs this machine, it gives the container a scope of its own.
    if (await fs.pathExists('/run/systemd/system')) return nspawn;
    return inOwnCgroup(this.machine, [...nspawn, '--keep-unit']);
  }

  /** Shuts the host down and puts back what it changed in this machine's kernel. */
  async shutdown(): Promise<{ wasUp: boolean; sysctls: string[] }> {
    const state = await this.state();
    if (state) {
      // systemd-nspawn passes this on as an orderly shutdown.
      process.kill(state.pid, 'SIGTERM');
      const gone = await this.until('shut down', SHUTDOWN_MS, async () => !(await this.state())).catch(
        () => false,
      );
      if (gone === false) process.kill(state.pid, 'SIGKILL');
    }
    const sysctls = await restoreInterrupted(this.stateFile);
    await removeCgroup(this.machine);
    return { wasUp: Boolean(state), sysctls };
  }

  /** Shuts the host down and starts it again, as an operator's `reboot` would. */
  async reboot(): Promise<void> {
    await this.shutdown();
    await this.boot();
  }

  /** What is known of the host, if it is up. */
  async state(): Promise<State | undefined> {
    const state: State | undefined = await fs
      .readJson(this.stateFile, { throws: false })
      .catch(() => undefined);
    return state && (await startOf(state.pid)) === state.started ? state : undefined;
  }

  /** Whether the host was booted after a time (ms). */
  async bootedSince(time: number): Promise<boolean> {
    return (await this.state()) !== undefined && (await fs.stat(this.stateFile)).mtimeMs >= time;
  }

  /** Arguments for `ssh` to this host. */
  async sshArguments(): Promise<string[]> {
    const state = await this.state();
    if (!state) throw new LabProblem(`the lab "${this.name}" is not up`, 'start it: bin/lab up');
    // biome-ignore format: pairs of an option and its value
    return [
      '-F', '/dev/null', '-i', this.key, '-p', String(state.port),
      '-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null', '-o', 'LogLevel=ERROR',
      'root@127.0.0.1',
    ];
  }

  /** Runs a command on the host, as root, in a shell. */
  async ssh<T extends Options>(command: readonly string[], options?: T) {
    return execa('ssh', [...(await this.sshArguments()), ...command], { stdin: 'ignore', ...options } as T & {
      stdin: 'ignore';
    });
  }

  private async until(what: string, ms: number, done: () => Promise<boolean>): Promise<void> {
    const end = Date.now() + ms;
    while (!(await done())) {
      if (Date.now() > end)
        throw new LabProblem(
          `the host did not ${what} within ${ms / 1000} s`,
          `see ${this.home}/console.log`,
        );
      await sleep(300);
    }
  }
}

/** Start time of a process in clock ticks since boot (field 22 of /proc/<pid>/stat); undefined if there is none. */
async function startOf(pid: number): Promise<string | undefined> {
  const stat = await fs.readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields?.[0] === 'Z' ? undefined : fields?.[19];
}

async function restoreInterrupted(stateFile: string): Promise<string[]> {
  const state: State | undefined = await fs.readJson(stateFile, { throws: false }).catch(() => undefined);
  if (!state) return [];
  const changed = await restoreSysctls(state.sysctls);
  await fs.remove(stateFile);
  return changed;
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
