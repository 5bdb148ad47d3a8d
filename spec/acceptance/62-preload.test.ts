import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { applyCode } from '../../lab/bolt.ts';
import { expectPatchedReport, PATCH, VERSION } from './patched-agent.ts';
import { BY_HAND, expectSameView, serverView } from './server-view.ts';
import {
  BASE,
  changes,
  checkedIn,
  declaration,
  host,
  NAMES,
  quickTask,
  rootOf,
  sh,
  succeeds,
  until,
} from './support.ts';

const CLONES = NAMES.slice(0, 3);
const PRELOADED = declaration(CLONES.length, [
  "run_mode => 'timer'",
  'run_interval => 86400',
  'preload => true',
]);
const SERVICE = `puppet-clone-army-preload@${BASE}.service`;

/** External fact that writes to a file what its agent is, as seen in the clone. */
const WITNESS = `#!/bin/sh
awk '/^(PPid|CapBnd|Seccomp):/' /proc/$PPID/status > /root/agent
{ cat /proc/$PPID/cgroup /proc/$PPID/oom_score_adj; hostname; readlink /proc/$PPID/ns/*; } >> /root/agent
for file in /proc/$PPID/fd/*; do readlink "$file"; done | grep ^/ | sort >> /root/agent`;

/** Runs the agent of a clone as its timer does. */
const run = (clone: string) =>
  `systemctl --machine=${clone} start --wait puppet-clone-army-run.service || true`;

/** What the witness saw in the last run of a clone. */
const witnessed = (clone: string) => sh(`cat ${rootOf(clone)}/root/agent`);

/** What the process that forks runs says of those that it refused. */
const refusals = () =>
  sh(`journalctl --quiet --unit=${SERVICE} --grep="left to its clone" --output=cat || true`);

beforeAll(async () => {
  expect(changes(await applyCode(host, PRELOADED)).failed).toBe(0);
  expect((await quickTask('start')).totals).toMatchObject({ changed: CLONES.length, failed: 0 });
  await until('the agent is loaded', () => succeeds(`test -S /run/puppet-clone-army/preload/${BASE}/socket`));
  for (const clone of CLONES) {
    const fact = `${rootOf(clone)}/etc/facter/facts.d/witness.sh`;
    await sh(`install -D -m 0755 /dev/stdin ${fact} <<'EOF'\n${WITNESS}\nEOF`);
  }
});

afterAll(() => quickTask('stop'));

test('a run is forked from outside of its clone, and is in the clone in every other way', async () => {
  await sh(run('clone1'));
  const forked = await witnessed('clone1');
  expect(forked).toMatch(/^PPid:\s+0$/m);
  await sh(
    'systemd-run --quiet --wait --machine=clone1 --property=OOMScoreAdjust=500 puppet agent --onetime --no-daemonize',
  );
  const plain = await witnessed('clone1');
  expect(plain).toMatch(/^PPid:\s+1$/m);

  const rights = (text: string) => BigInt(`0x${/^CapBnd:\s+(\w+)$/m.exec(text)?.[1]}`);
  expect(rights(forked) & ~rights(plain)).toBe(0n);
  const rest = (text: string) =>
    text
      .replace(/^(PPid|CapBnd):.*\n|^.*\/compiled\/code\n?/gm, '')
      .replace(/^(\S*::).*$/m, '$1')
      .trim();
  expect(rest(forked)).toBe(rest(plain));
  expect(forked).toMatch(/^0::\/system.slice\/puppet-clone-army-run.service$/m);
  expect(await refusals()).toBe('');
});

test('the server sees of a forked run what it sees of an agent that somebody runs by hand', async () => {
  const forked = await serverView(run('clone1'));
  expect(await witnessed('clone1')).toMatch(/^PPid:\s+0$/m);
  expectSameView(forked, await serverView(BY_HAND));
});

test.each(['uts uts uts uts uts uts', 'mnt uts ipc uts net cgroup', 'uts mnt ipc pid net cgroup'])(
  'a clone gets no run outside of itself by other namespaces: %s',
  async (namespaces) => {
    const program = `${rootOf('clone1')}/root/forged.rb`;
    const original = `${rootOf('clone1')}/usr/share/puppet-clone-army/forked-run.rb`;
    await sh(`sed 's/mnt uts ipc pid net cgroup/${namespaces}/' ${original} > ${program}`);
    const before = (await refusals()).length;
    const output = await sh(
      'systemd-run --quiet --wait --pipe --machine=clone1 ruby --disable=gems,rubyopt /root/forged.rb' +
        ' /run/puppet-clone-army-preload/socket /usr/bin/puppet --version',
    );
    // It ran, but as a process that the clone started.
    expect(output).toMatch(/^\d+[.]\d+[.]\d+$/);
    expect((await refusals()).slice(before)).toContain('EINVAL');
  },
);

test('the process that forks runs has no file of the host open', async () => {
  const pid = await sh(`systemctl show --property=MainPID --value ${SERVICE}`);
  const files = await sh(`for file in /proc/${pid}/fd/*; do readlink $file; done | grep ^/ | sort --unique`);
  expect(files.split('\n')).toEqual(['/dev/null', '/usr/share/puppet-clone-army/compiled/code']);
});

test('a clone whose agent is patched runs the patched agent', async () => {
  const since = Date.now();
  await sh(`sed -i ${PATCH} ${rootOf('clone2')}${VERSION}`);
  await sh(run('clone2'));
  await expectPatchedReport('clone2', since);
  expect(await refusals()).toContain(`${VERSION} is not that of the base image`);
  expect(await witnessed('clone2')).not.toMatch(/^PPid:\s+0$/m);
});

test('a run that is killed hurts nobody', async () => {
  await sh('systemctl --machine=clone3 start --no-block puppet-clone-army-run.service');
  const forked =
    'pgrep --full "puppet agent: applying|/usr/bin/puppet agent" --nslist pid --ns $(machinectl show clone3 --property=Leader --value)';
  await until('the agent of clone3 runs', () => succeeds(forked));
  await sh(`kill -KILL $(${forked})`);
  await until(
    'the run has ended',
    async () =>
      !(await succeeds('systemctl --quiet --machine=clone3 is-active puppet-clone-army-run.service')),
  );
  const since = Date.now();
  await sh(run('clone1'));
  await sh(run('clone3'));
  await checkedIn(['clone1', 'clone3'], since);
});

test('clones start their runs themselves while the process that forks them is down', async () => {
  const since = Date.now();
  await sh(`systemctl kill --signal=KILL ${SERVICE}`);
  await sh(run('clone1'));
  await checkedIn(['clone1'], since);
  expect(await witnessed('clone1')).not.toMatch(/^PPid:\s+0$/m);
});

test('the loaded agent goes with the last clone', async () => {
  await quickTask('stop', { clones: CLONES.slice(1) });
  expect(await succeeds(`systemctl --quiet is-active ${SERVICE}`)).toBe(true);
  await quickTask('stop');
  await until(
    'the loaded agent has stopped',
    async () => !(await succeeds(`systemctl --quiet is-active ${SERVICE}`)),
    30,
  );
});
