import { beforeAll, expect, test } from '@jest/globals';
import { execa } from 'execa';
import { apply, NAMES, release, running, sh, task } from './support.ts';

/** Bolt as a gem for the Ruby of the host: OpenBolt needs Ruby 3.2. */
const BOLT = { trixie: 'openbolt:5.6.0', bookworm: 'bolt:4.0.0' }[release.suite] as string;

/** A place of its own: gems that bring a Puppet break the one that the host has as a package. */
const HOME = '/opt/bolt';

beforeAll(async () => {
  await sh('apt-get -qq -y --no-install-recommends install ruby-dev gcc g++ make libffi-dev > /dev/null');
  // From where this machine has its own gems.
  const { stdout: source } = await execa('ruby', ['-e', 'print Gem.sources.to_a.first.to_s']);
  const gems = ['json:2.21.2', BOLT].map(
    (gem) => `gem install --clear-sources --source ${source} --no-document --install-dir ${HOME} ${gem}`,
  );
  await sh(`${gems.join(' && ')} > /dev/null`);
  await apply();
  await task('start');
});

/** Runs a task by Bolt on the host itself, without a network between the two. */
async function local(name: string, ...parameters: string[]) {
  const modules = '/etc/puppet/code/environments/production/modules';
  const env = `GEM_HOME=${HOME} GEM_PATH=${HOME} BOLT_GEM=1 BOLT_DISABLE_ANALYTICS=1`;
  const words = `task run clone_army::${name} ${parameters.join(' ')} --targets localhost --modulepath ${modules} --format json`;
  const output = await sh(`cd $(mktemp -d) && ${env} ${HOME}/bin/bolt ${words}`);
  return JSON.parse(output).items[0];
}

test('status', async () => {
  const { status, value } = await local('status');
  expect(status).toBe('success');
  expect(value.totals).toMatchObject({ clones: NAMES.length, running: NAMES.length });
});

test('stop and start', async () => {
  expect((await local('stop', 'clones=clone2')).value.totals).toMatchObject({ clones: 1, changed: 1 });
  expect(await running()).toEqual(NAMES.filter((name) => name !== 'clone2'));
  expect((await local('start')).value.totals).toMatchObject({ changed: 1, in_sync: NAMES.length - 1 });
  expect(await running()).toEqual(NAMES);
});
