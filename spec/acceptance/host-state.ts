import path from 'node:path';
import fs from 'fs-extra';
import { host, sh, succeeds } from './support.ts';

/** What a fleet changes on its host. */
export interface HostState {
  /** Paths below /etc, /usr/local and /var/lib. */
  readonly files: readonly string[];
  readonly sysctls: string;
  /** Mounts, and units that systemd has in memory, of clones. */
  readonly mounts: string;
  readonly units: string;
  readonly containers: string;
  /** Open files of systemd-machined. */
  readonly machined: string;
}

const FOLDERS = '/etc /usr/local /var/lib';
const SYSCTLS = 'fs.inotify kernel.pid_max kernel.threads-max kernel.pty.max kernel.keys';

/** Changed by Puppet itself, by package scripts, and by other test files. */
const OTHERS =
  /^\/(etc|var\/lib|usr\/local\/lib)\/(alternatives|apt|dpkg|facter|gems|inputrc|puppet\w*|python\S*|systemd\/user|ssl)(\/|$)|puppetserver|^\/var\/lib\/(misc|private|systemd)\//;

export async function hostState(): Promise<HostState> {
  const files = await sh(
    `find ${FOLDERS} -xdev -not -path '/var/lib/dpkg/*' -not -path '/etc/puppet/*' | sort`,
  );
  return {
    files: files.split('\n').filter((file) => !OTHERS.test(file)),
    sysctls: await sh(`sysctl --all --pattern '^(${SYSCTLS.replaceAll(' ', '|')})' 2> /dev/null`),
    mounts: await sh('findmnt --raw --noheadings --output TARGET | grep -e machines -e unix-export || true'),
    units: await sh(
      'systemctl list-units --all --plain --no-legend --full | grep -e puppet-clone -e machines-clone || true',
    ),
    containers: await sh('pgrep --list-name systemd-nspawn || true'),
    machined: await sh('systemctl show --property=LimitNOFILE systemd-machined.service'),
  };
}

/** Records the state before the first apply, for the test file that removes the fleet. */
export async function recordHost(): Promise<void> {
  await fs.outputJson(recordFile(), await hostState());
}

export async function recordedHost(): Promise<HostState> {
  return fs.readJson(recordFile());
}

/** Those of the files that no package has installed since. */
export async function ownedByNoPackage(files: readonly string[]): Promise<string[]> {
  const owned = await Promise.all(files.map((file) => succeeds(`dpkg-query --search '${file}'`)));
  return files.filter((_, i) => !owned[i]);
}

const recordFile = () => path.join(host.home, 'before.json');
