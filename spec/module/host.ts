import { once } from 'node:events';
import path from 'node:path';
import { execa, type ResultPromise } from 'execa';
import fs from 'fs-extra';
import type { Definition } from './agents.ts';

const LIBEXEC = '/usr/local/libexec/puppet-clone-army';
const STATE = '/var/lib/puppet-clone-army';

/** Memory, under what the host and its images show of this machine: their changes, and nothing else. */
const MEMORY = '/mnt';

/** Where the host differs from this machine. */
const HOST = `
mount -t tmpfs tmpfs ${MEMORY}
for folder in etc var/lib usr/local; do
  layers=${MEMORY}/host/$folder
  mkdir -p "$layers/upper" "$layers/work"
  mount -t overlay overlay -o "lowerdir=/$folder,upperdir=$layers/upper,workdir=$layers/work" "/$folder"
done
rm -rf /usr/local/share/ca-certificates /etc/puppetlabs
mkdir -p ${STATE} ${MEMORY}/files
echo ready
# Ends with the test, whatever becomes of that; the mounts end with it.
exec cat
`;

/** An image that is this machine without an agent, and without where this machine has its packages from. */
const BOOTSTRAP = `#!/bin/sh
set -eu
layers=${MEMORY}/images/\${root##*/}
mkdir -p "$layers/upper" "$layers/work" "$layers/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$layers/upper,workdir=$layers/work" "$layers/root"
# A mount cannot be moved into place; a link to it can.
ln -s "$layers/root" "$root"
cd "$layers/root"
rm -rf opt/puppetlabs etc/puppet etc/puppetlabs usr/bin/puppet usr/local/bin/puppet
rm -rf etc/apt/sources.list etc/apt/*.d/* var/lib/apt/lists/* etc/yum.repos.d var/lib/dnf var/lib/rpm root/.rpmdb
mkdir -p etc/yum.repos.d
# What this machine has installed is none of the image's packages.
: > var/lib/dpkg/status
# Authorities of the whole world take seconds to hash.
rm -rf etc/ssl/certs/* etc/ca-certificates/update.d/* usr/local/share/ca-certificates
: > etc/ca-certificates.conf
cp -R ${MEMORY}/files/. .
`;

/** What makes the image one of the Red Hat family, as far as its packages go. */
const RED_HAT = `
rm usr/bin/apt-get
printf '[main]\\ngpgcheck=1\\nbest=True\\nskip_if_unavailable=False\\n' > etc/dnf/dnf.conf
`;

/** How a command ended. */
interface Outcome {
  readonly code: number | undefined;
  /** What it wrote, both streams. */
  readonly output: string;
}

/** How a build ended. */
export interface Build extends Outcome {
  /** The image's root. */
  readonly root: string;
  /** What the build wrote and removed, against the machine. */
  readonly changes: string;
}

/** A clone host with the module's scripts, which sees this machine through layers that end with it. */
export class Host {
  readonly #process: ResultPromise;
  #builds = 0;

  private constructor(process: ResultPromise) {
    this.#process = process;
  }

  /** @param module - Folder of the module whose scripts the host has */
  static async start(module: string): Promise<Host> {
    const process = execa('unshare', ['--mount', '--propagation', 'private', 'sh', '-ec', HOST]);
    const host = new Host(process);
    // Ends without that line where it fails, and says why.
    await Promise.race([process, once(process.stdout, 'data')]);
    await fs.copy(path.join(module, 'files'), host.path(LIBEXEC));
    await host.write(`${LIBEXEC}/bootstrap/mmdebstrap.sh`, BOOTSTRAP);
    await host.write(`${LIBEXEC}/bootstrap/dnf.sh`, BOOTSTRAP + RED_HAT);
    return host;
  }

  /** Where a file of the host is for this process; links in it do not work from here. */
  path(name: string): string {
    return `/proc/${this.#process.pid}/root${name}`;
  }

  async write(name: string, content: string): Promise<void> {
    await fs.outputFile(this.path(name), content);
  }

  /** Has every image hold these files from the start. */
  async writeToImages(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, content] of Object.entries(files)) await this.write(`${MEMORY}/files${name}`, content);
  }

  /** Has the host trust an authority, as far as its own programs go. */
  async trust(certificate: string): Promise<void> {
    await this.write('/usr/local/share/ca-certificates/site.crt', certificate);
    const bundle = '/etc/ssl/certs/ca-certificates.crt';
    await this.write(bundle, certificate);
  }

  /** Runs a command on the host. */
  async run(command: string, ...args: string[]): Promise<Outcome> {
    const inHost = [`--target=${this.#process.pid}`, '--mount', command, ...args];
    const { exitCode, all } = await execa('nsenter', inHost, {
      env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' },
      // Proxies and the like are for the world outside.
      extendEnv: false,
      // Not a socket, for which bash would read root's own settings: rpm asks it where its database is.
      stdin: 'ignore',
      all: true,
      reject: false,
    });
    return { code: exitCode, output: all ?? '' };
  }

  /**
   * Builds a base image.
   *
   * @param files - Files of its definition beside the words
   */
  async build(definition: Definition, files: Readonly<Record<string, string>> = {}): Promise<Build> {
    this.#builds += 1;
    const name = `base-${this.#builds}`;
    const words = Object.entries(definition).map(([key, value]) => `${key}='${value}'\n`);
    const texts = { definition: words.join(''), 'puppet.settings': '', 'root-password': '', ...files };
    for (const [file, text] of Object.entries(texts)) {
      await this.write(`/etc/puppet-clone-army/bases/${name}/${file}`, text);
    }
    const outcome = await this.run(`${LIBEXEC}/build-base`, name);
    const layers = this.path(`${MEMORY}/images/${name}-building`);
    return { ...outcome, root: `${layers}/root`, changes: `${layers}/upper` };
  }

  /** What the folder of images holds beside the locks of builds. */
  async images(): Promise<string[]> {
    return (await fs.readdir(this.path(STATE))).filter((name) => !name.startsWith('.')).sort();
  }

  async stop(): Promise<void> {
    this.#process.stdin?.end();
    await this.#process;
  }
}
