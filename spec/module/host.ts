import { once } from 'node:events';
import path from 'node:path';
import { execa, type ResultPromise } from 'execa';
import fs from 'fs-extra';
import type { Definition } from './agents.ts';
import { NO_INPUT } from './rpms.ts';

const LIBEXEC = '/usr/local/libexec/puppet-clone-army';
const STATE = '/var/lib/puppet-clone-army';

/** A tmpfs for the changes of the host and its images, which are overlays over this machine. */
const MEMORY = '/mnt';

/** Sets up the simulated host in a mount namespace. */
const HOST = `
mount -t tmpfs tmpfs ${MEMORY}
for folder in etc var/cache var/lib usr/local; do
  layers=${MEMORY}/host/$folder
  mkdir -p "$layers/upper" "$layers/work"
  mount -t overlay overlay -o "lowerdir=/$folder,upperdir=$layers/upper,workdir=$layers/work" "/$folder"
done
rm -rf /usr/local/share/ca-certificates /etc/puppetlabs
mkdir -p ${STATE} ${MEMORY}/files
# No place to keep systems that were bootstrapped: here, each is a mount.
rm -rf /var/cache/puppet-clone-army
: > /var/cache/puppet-clone-army
echo ready
# Exits when the test closes standard input or dies. The mounts disappear with this process.
exec cat
`;

/** Bootstrap script whose image is this machine without an agent and without package sources. */
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
rm -f usr/sbin/policy-rc.d
# Packages of this machine do not count as installed in the image.
: > var/lib/dpkg/status
# Hashing all certificate authorities takes seconds.
rm -rf etc/ssl/certs/* etc/ca-certificates/update.d/* usr/local/share/ca-certificates
: > etc/ca-certificates.conf
cp -R ${MEMORY}/files/. .
`;

/** Makes the image one of the Red Hat family, as far as package management goes. */
const RED_HAT = `
rm usr/bin/apt-get
printf '[main]\\ngpgcheck=1\\nbest=True\\nskip_if_unavailable=False\\n' > etc/dnf/dnf.conf
cat etc/dnf/more.conf >> etc/dnf/dnf.conf 2> /dev/null || :
`;

/** Result of a command. */
interface Outcome {
  readonly code: number | undefined;
  /** Standard output and standard error. */
  readonly output: string;
}

/** Result of a build. */
export interface Build extends Outcome {
  /** Root folder of the image. */
  readonly root: string;
  /** Upper layer of the image: all changes of the build. */
  readonly changes: string;
}

/** A simulated clone host with the module's scripts: overlays over this machine in a mount namespace. */
export class Host {
  readonly #process: ResultPromise;
  #builds = 0;

  private constructor(process: ResultPromise) {
    this.#process = process;
  }

  /** @param module - Folder of the module that provides the scripts */
  static async start(module: string): Promise<Host> {
    const process = execa('unshare', ['--mount', '--propagation', 'private', 'sh', '-ec', HOST]);
    const host = new Host(process);
    // If the script fails, the process rejects with its error output.
    await Promise.race([process, once(process.stdout, 'data')]);
    await fs.copy(path.join(module, 'files'), host.path(LIBEXEC));
    await host.write(`${LIBEXEC}/bootstrap/mmdebstrap.sh`, BOOTSTRAP);
    await host.write(`${LIBEXEC}/bootstrap/dnf.sh`, BOOTSTRAP + RED_HAT);
    return host;
  }

  /** Path of a file of the host for this process. Absolute links in it resolve on this machine, not on the host. */
  path(name: string): string {
    return `/proc/${this.#process.pid}/root${name}`;
  }

  /** Writes a file. A link is replaced, not followed: it may lead to a file of this machine. */
  async write(name: string, content: string): Promise<void> {
    const isLink = await fs.lstat(this.path(name)).then(
      (stat) => stat.isSymbolicLink(),
      () => false,
    );
    if (isLink) await fs.remove(this.path(name));
    await fs.outputFile(this.path(name), content);
  }

  /** Adds files to every image that is built from now on. */
  async writeToImages(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, content] of Object.entries(files)) await this.write(`${MEMORY}/files${name}`, content);
  }

  /** Makes programs on the host trust a certificate authority. */
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
      // Proxy settings of this machine do not apply to servers on loopback.
      extendEnv: false,
      ...NO_INPUT,
      all: true,
      reject: false,
    });
    return { code: exitCode, output: all ?? '' };
  }

  /**
   * Builds a base image.
   *
   * @param files - Further files of the definition
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

  /** Entries of the images folder, without build locks. */
  async images(): Promise<string[]> {
    return (await fs.readdir(this.path(STATE))).filter((name) => !name.startsWith('.')).sort();
  }

  async stop(): Promise<void> {
    this.#process.stdin?.end();
    await this.#process;
  }
}
