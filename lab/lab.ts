import path from 'node:path';
import fs from 'fs-extra';
import { Host } from './host.ts';
import { LABS } from './paths.ts';
import { LabProblem } from './problem.ts';
import { hasServer, type Release } from './release.ts';
import { answers } from './server.ts';

/** A clone host, and the server that its fleet checks in with. */
export class Lab {
  readonly host: Host;
  /** Where the server runs if the clone host's system has none. */
  private readonly beside: Host;

  /** @param name - Name of the lab */
  constructor(readonly name: string) {
    const home = path.join(LABS, name);
    this.host = new Host(name, 'clonehost.lab.example', home);
    this.beside = new Host(`${name}-server`, 'server.lab.example', path.join(home, 'server'));
  }

  /**
   * The host that the server runs on: the clone host, if its system has one.
   *
   * @param release - System of a clone host that is yet to be made
   */
  server(release: Release): Host {
    const own = fs.pathExistsSync(this.host.root)
      ? fs.pathExistsSync(this.host.file('usr/bin/puppetserver'))
      : hasServer(release);
    return own ? this.host : this.beside;
  }

  /** Whether any of it is up. */
  async isUp(): Promise<boolean> {
    return Boolean((await this.host.state()) || (await this.beside.state()));
  }

  /** Fails if something else has what the lab is to have. */
  async assertRoom(): Promise<void> {
    for (const name of await fs.readdir(LABS)) {
      if (name !== this.name && (await new Lab(name).isUp())) {
        throw new LabProblem(
          `the lab "${name}" is up, and there is room for one`,
          `stop it: bin/lab --name ${name} down`,
        );
      }
    }
    if (!(await this.isUp()) && (await answers())) {
      throw new LabProblem(
        'something on this machine listens on port 8140 already',
        'stop it: the server has to have that port',
      );
    }
  }

  /** Shuts it down and puts back what it changed in this machine's kernel, in the order in which that changed. */
  async down(): Promise<{ wasUp: boolean; sysctls: string[] }> {
    const [host, server] = [await this.host.shutdown(), await this.beside.shutdown()];
    return {
      wasUp: host.wasUp || server.wasUp,
      sysctls: [...new Set([...host.sysctls, ...server.sysctls])],
    };
  }

  /** Shuts it down and removes all that it holds. */
  async destroy(): Promise<void> {
    await this.down();
    await fs.remove(this.host.home);
  }
}
