import { beforeAll, describe, expect, test } from '@jest/globals';
import fs from 'fs-extra';
import YAML from 'yaml';
import { type Result, resultIn } from '../../lab/bolt.ts';
import { gemSource } from '../../lab/gems.ts';
import { MODULES } from '../../lab/server/paths.ts';
import { apply, changes, declaration, host, NAMES, release, running, sh, task } from './support.ts';

/** Bolt as a gem for the Ruby of the host: OpenBolt needs Ruby 3.2. */
const BOLT = { trixie: 'openbolt:5.6.0', bookworm: 'bolt:4.0.0' }[release.suite] as string;

/** A place of its own: gems that bring a Puppet break the one that the host has as a package. */
const HOME = '/opt/bolt';
const PROJECT = '/root/bolt';
const KEY = '/root/bolt/id_rsa';

/**
 * Runs a command as on a host that has no agent as a package. The local transport runs a catalog on the Ruby that
 * Bolt runs on, which for a gem is the host's own, and there the two Puppets would be mixed.
 */
const WITHOUT_AGENT = `unshare --mount sh -ec '
  system=/usr/lib/ruby/vendor_ruby
  mount -t tmpfs tmpfs /mnt
  mkdir /mnt/upper /mnt/work
  mount -t overlay overlay -o lowerdir=$system,upperdir=/mnt/upper,workdir=/mnt/work $system
  rm -rf $system/puppet* $system/facter* $system/hiera*
  exec "$@"' sh`;

beforeAll(async () => {
  await sh('apt-get -qq -y --no-install-recommends install ruby-dev gcc g++ make libffi-dev > /dev/null');
  const source = await gemSource();
  // Resolved together: the Puppet that Bolt brings does not take the newest json.
  const gems = ['json:2.21.2', BOLT].map((gem) => `gem '${gem.replace(':', "', '")}'\n`);
  await fs.outputFile(host.file(`${PROJECT}/Gemfile`), `source '${source}'\n${gems.join('')}`);
  await sh(
    `cd ${PROJECT} && gem install --file Gemfile --no-lock --no-document --install-dir ${HOME} > /dev/null`,
  );

  await fs.outputFile(host.file(`${PROJECT}/bolt-project.yaml`), YAML.stringify({ analytics: false }));
  await fs.outputFile(host.file(`${PROJECT}/inventory.yaml`), YAML.stringify(await inventory()));
  await sh(`ssh-keygen -q -m PEM -t rsa -N '' -f ${KEY} && cat ${KEY}.pub >> /root/.ssh/authorized_keys`);

  await apply();
  await task('start');
});

/** The host as its own target, by its name for the local transport and by ssh. */
async function inventory() {
  const state = await host.state();
  const ssh = {
    user: 'root',
    'private-key': KEY,
    'host-key-check': false,
    interpreters: { rb: '/usr/bin/ruby' },
  };
  return {
    targets: [
      'localhost',
      {
        name: 'by-ssh',
        uri: `ssh://127.0.0.1:${state?.port}`,
        features: ['puppet-agent'],
        config: { ssh },
      },
    ],
  };
}

/** Bolt on the host itself, for one of its two targets. */
async function bolt(target: string, words: string): Promise<Result> {
  const env = `GEM_HOME=${HOME} GEM_PATH=${HOME} BOLT_GEM=1`;
  const flags = `--targets ${target} --project ${PROJECT} --modulepath ${MODULES} --format json`;
  const command = `${HOME}/bin/bolt ${words} ${flags}`;
  return resultIn(await sh(`${env} ${target === 'localhost' ? `${WITHOUT_AGENT} ` : ''}${command}`));
}

async function applyBy(target: string): Promise<Result> {
  await fs.outputFile(host.file(`${PROJECT}/fleet.pp`), declaration());
  return bolt(target, `apply ${PROJECT}/fleet.pp`);
}

describe.each(['localhost', 'by-ssh'])('Bolt on the host, for %s', (target) => {
  test('apply finds what Bolt from elsewhere set up', async () => {
    const result = await applyBy(target);
    expect(result.value._error).toBeUndefined();
    expect(changes(result)).toEqual({ changed: 0, failed: 0 });
  });

  test('status', async () => {
    const { status, value } = await bolt(target, 'task run clone_army::status');
    expect(status).toBe('success');
    expect(value.totals).toMatchObject({ clones: NAMES.length, running: NAMES.length });
  });

  test('stop and start', async () => {
    const stopped = await bolt(target, 'task run clone_army::stop clones=clone2');
    expect(stopped.value.totals).toMatchObject({ clones: 1, changed: 1 });
    expect(await running()).toEqual(NAMES.filter((name) => name !== 'clone2'));
    const started = await bolt(target, 'task run clone_army::start');
    expect(started.value.totals).toMatchObject({ changed: 1, in_sync: NAMES.length - 1 });
    expect(await running()).toEqual(NAMES);
  });
});

test("apply by the Ruby that Bolt runs on takes the host's certname from the host's own setting", async () => {
  const configured = '/etc/puppet/puppet.conf';
  const fleetHost = async () => JSON.parse(await sh('cat /etc/puppet-clone-army/fleet.json')).host;

  await sh(
    `cp ${configured} /root/puppet.conf && printf '[agent]\\ncertname = other.lab.example\\n' >> ${configured}`,
  );
  try {
    const { value } = await applyBy('localhost');
    const own = await sh(`GEM_PATH=${HOME} ${HOME}/bin/puppet --version`);
    expect(value.report).toMatchObject({ puppet_version: own, status: 'changed' });
    expect(await fleetHost()).toBe('other.lab.example');
  } finally {
    await sh(`mv /root/puppet.conf ${configured}`);
  }
  await applyBy('localhost');
  expect(await fleetHost()).toBe(host.certname);
});
