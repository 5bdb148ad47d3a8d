import fs from 'fs-extra';
import { LabError } from './errors.ts';
import type { ContainerOptions } from './host/container.ts';
import { Host } from './host/host.ts';
import { CLONE_HOSTS_MAX, cloneHostNames, labFolder, serverHostNames } from './hosts.ts';
import { LABS } from './paths.ts';
import { hasServer, type Release } from './release.ts';
import { answers } from './server/readiness.ts';

/** Clone hosts and the Puppet server that their fleets check in with. */
export class Lab {
  /** The first clone host. */
  readonly host: Host;
  /** All clone hosts. */
  readonly cloneHosts: readonly Host[];
  private readonly serverHost: Host;
  /** All hosts that the lab can have, in boot order. */
  private readonly hosts: readonly Host[];

  /**
   * @param hosts - Number of clone hosts. An existing lab keeps those that it has.
   */
  constructor(
    readonly name: string,
    options: ContainerOptions = {},
    hosts = 1,
  ) {
    const all = Array.from(
      { length: CLONE_HOSTS_MAX },
      (_, i) => new Host(cloneHostNames(name, i + 1), options),
    );
    const existing = all.filter(({ root }) => fs.pathExistsSync(root)).length;
    this.host = all[0] as Host;
    this.cloneHosts = all.slice(0, Math.max(hosts, existing));
    this.serverHost = new Host(serverHostNames(name), options);
    this.hosts = [this.serverHost, ...this.cloneHosts];
  }

  /** The clone host with a number, from 1. */
  cloneHost(number: number): Host {
    const host = this.cloneHosts[number - 1];
    if (host) return host;
    throw new LabError(
      `the lab "${this.name}" has no clone host ${number}, but ${this.cloneHosts.length}`,
      `create it: bin/lab --name ${this.name} --hosts ${number}`,
    );
  }

  /**
   * The host that the Puppet server runs on: the first clone host if its release has a server package.
   *
   * @param release - Release of the clone host, used only if that does not exist yet
   */
  server(release: Release): Host {
    const onCloneHost = fs.pathExistsSync(this.host.root)
      ? fs.pathExistsSync(this.host.file('usr/bin/puppetserver'))
      : hasServer(release);
    return onCloneHost ? this.host : this.serverHost;
  }

  /** Whether any of the lab's hosts is up. */
  async isUp(): Promise<boolean> {
    for (const host of this.hosts) if (await host.state()) return true;
    return false;
  }

  /** Whether processes of a host that is not up are left. */
  async hasRemains(): Promise<boolean> {
    for (const host of this.hosts) if ((await host.remains()).length > 0) return true;
    return false;
  }

  /**
   * Removes what is left of hosts whose systemd-nspawn was killed. Then fails if another lab or another server occupies the
   * server's port.
   */
  async makeRoom(): Promise<void> {
    for (const host of this.hosts) await host.removeRemains();
    for (const name of await fs.readdir(LABS)) {
      if (name === this.name) continue;
      const other = new Lab(name);
      if ((await other.isUp()) || (await other.hasRemains())) {
        throw new LabError(
          `the lab "${name}" is up, and only one lab can run at a time`,
          `stop it: bin/lab --name ${name} down`,
        );
      }
    }
    if (!(await this.isUp()) && (await answers())) {
      throw new LabError(
        'another Puppet server on this machine uses port 8140',
        "stop it: the lab's server needs that port",
      );
    }
  }

  /** Shuts all hosts down and restores this machine's kernel settings. */
  async down(): Promise<{ wasUp: boolean; sysctls: string[] }> {
    let wasUp = false;
    const sysctls = new Set<string>();
    // Last booted, first stopped: each host recorded the settings that it found, so the oldest record is restored last.
    for (const host of [...this.hosts].reverse()) {
      const result = await host.shutdown();
      wasUp ||= result.wasUp;
      for (const name of result.sysctls) sysctls.add(name);
    }
    return { wasUp, sysctls: [...sysctls] };
  }

  /** Shuts all hosts down and removes the lab. */
  async destroy(): Promise<void> {
    await this.down();
    await fs.remove(labFolder(this.name));
  }
}
