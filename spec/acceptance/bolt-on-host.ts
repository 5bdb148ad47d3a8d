import fs from 'fs-extra';
import YAML from 'yaml';
import { type Result, resultsIn } from '../../lab/bolt.ts';
import { gemSource } from '../../lab/gems.ts';
import { MODULES } from '../../lab/server/paths.ts';
import { startInBackground } from './background.ts';
import { declaration, host, release, sh } from './support.ts';

/** Bolt as a gem for the Ruby of the host. OpenBolt requires Ruby 3.2. */
const BOLT = { trixie: 'openbolt:5.6.0', bookworm: 'bolt:4.0.0' }[release.suite] as string;

/** Separate from the system's gems: a gem of Puppet there would break the packaged one. */
const HOME = '/opt/bolt';
const PROJECT = '/root/bolt';
const KEY = '/root/bolt/id_rsa';

/**
 * Runs a command as on a host without a packaged agent. Bolt's local transport applies catalogs with the Ruby that runs
 * Bolt. For a gem that is the host's Ruby, which would load parts of both Puppets.
 */
const WITHOUT_AGENT = `unshare --mount sh -ec '
  system=/usr/lib/ruby/vendor_ruby
  mount -t tmpfs tmpfs /mnt
  mkdir /mnt/upper /mnt/work
  mount -t overlay overlay -o lowerdir=$system,upperdir=/mnt/upper,workdir=/mnt/work $system
  rm -rf $system/puppet* $system/facter* $system/hiera*
  exec "$@"' sh`;

export const GEMS = 'bolt-gems';

/** Starts to install Bolt on the host. */
export async function startInstallingBolt(after: string): Promise<void> {
  const source = await gemSource();
  // In one resolution: the Puppet that Bolt depends on does not work with the newest json.
  const gems = ['json:2.21.2', BOLT].map((gem) => `gem '${gem.replace(':', "', '")}'\n`);
  await fs.outputFile(host.file(`${PROJECT}/Gemfile`), `source '${source}'\n${gems.join('')}`);
  await startInBackground(
    GEMS,
    `apt-get -qq -y --no-install-recommends install ruby-dev gcc g++ make libffi-dev
     cd ${PROJECT}
     gem install --file Gemfile --no-lock --no-document --install-dir ${HOME}`,
    after,
  );
}

/** Writes a Bolt project whose two targets are the host itself: by the local transport and by ssh. */
export async function writeProject(): Promise<void> {
  const state = await host.state();
  const ssh = {
    user: 'root',
    'private-key': KEY,
    'host-key-check': false,
    interpreters: { rb: '/usr/bin/ruby' },
  };
  const targets = [
    'localhost',
    {
      name: 'by-ssh',
      uri: `ssh://127.0.0.1:${state?.port}`,
      features: ['puppet-agent'],
      config: { ssh },
    },
  ];
  await fs.outputFile(host.file(`${PROJECT}/bolt-project.yaml`), YAML.stringify({ analytics: false }));
  await fs.outputFile(host.file(`${PROJECT}/inventory.yaml`), YAML.stringify({ targets }));
  await sh(`ssh-keygen -q -m PEM -t rsa -N '' -f ${KEY} && cat ${KEY}.pub >> /root/.ssh/authorized_keys`);
}

/** Runs Bolt on the host for one of the targets. */
export async function bolt(target: string, words: string): Promise<Result> {
  const env = `GEM_HOME=${HOME} GEM_PATH=${HOME} BOLT_GEM=1`;
  const flags = `--targets ${target} --project ${PROJECT} --modulepath ${MODULES} --format json`;
  const command = `${HOME}/bin/bolt ${words} ${flags}`;
  const json = await sh(`${env} ${target === 'localhost' ? `${WITHOUT_AGENT} ` : ''}${command}`);
  return resultsIn(json)[0] as Result;
}

/** Applies the class with Bolt on the host. */
export async function applyOnHost(target: string): Promise<Result> {
  await fs.outputFile(host.file(`${PROJECT}/fleet.pp`), declaration());
  return bolt(target, `apply ${PROJECT}/fleet.pp`);
}

/** Version of the Puppet that Bolt depends on. */
export async function puppetVersion(): Promise<string> {
  return sh(`GEM_PATH=${HOME} ${HOME}/bin/puppet --version`);
}
