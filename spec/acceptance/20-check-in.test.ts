import { beforeAll, describe, expect, test } from '@jest/globals';
import { reports, signed } from '../../lab/server/record.ts';
import { startInstallingBolt } from './bolt-on-host.ts';
import { BASES, IMAGES, startBuildingImages } from './mixed-fleet.ts';
import {
  BASE,
  certnameOf,
  checkedIn,
  host,
  NAMES,
  overlayOf,
  rootOf,
  running,
  server,
  sh,
  task,
} from './support.ts';

let started: Awaited<ReturnType<typeof task>>;

beforeAll(async () => {
  const since = Date.now();
  started = await task('start');
  // For later test files. The reboot waits for them. Random faults would hit them, too.
  if (Object.keys(BASES).length > 0 && !process.env.FAULT_ROUNDS) {
    await startBuildingImages();
    await startInstallingBolt(IMAGES);
  }
  await checkedIn(NAMES, since);
});

describe('clone_army::start', () => {
  test('starts every clone and reports it', async () => {
    expect(started.status).toBe('success');
    expect(started.value.clones).toEqual(
      NAMES.map((name) => expect.objectContaining({ name, result: 'changed', state: 'running' })),
    );
    expect(started.value.totals).toMatchObject({ clones: NAMES.length, changed: NAMES.length, failed: 0 });
    expect(await running()).toEqual(NAMES);
  });

  test('changes nothing when repeated', async () => {
    const { value } = await task('start');
    expect(value.totals).toMatchObject({ changed: 0, in_sync: NAMES.length, failed: 0 });
  });
});

describe.each(NAMES)('%s', (clone) => {
  test('has a certificate for its own name', async () => {
    expect(await signed(server)).toContain(certnameOf(clone));
  });

  test('has applied its catalog', async () => {
    expect(await sh(`cat ${overlayOf(clone)}/etc/clone_army_lab`)).toBe(`catalog of ${certnameOf(clone)}`);
  });

  test('has sent a report to the server', async () => {
    const [report] = await reports(server, certnameOf(clone));
    expect(report).toMatch(/^status: changed$/m);
    expect(report).toMatch(/File\[\/etc\/clone_army_lab\]/);
  });

  test('runs the agent as root in its own container', async () => {
    const leader = await sh(`machinectl show ${clone} --property=Leader --value`);
    const agents = await sh(`pgrep --ns ${leader} --nslist pid -u root -f 'puppet agent' || true`);
    expect(agents.split('\n').filter(Boolean).length).toBeGreaterThan(0);
  });

  test('has its own hostname and resolves names like the host', async () => {
    expect(await inside(clone, 'hostname')).toBe(certnameOf(clone));
    expect(await sh(`cat ${rootOf(clone)}/etc/hostname`)).toBe(certnameOf(clone));
    expect(await sh(`cat ${rootOf(clone)}/etc/resolv.conf`)).toBe(await sh('cat /etc/resolv.conf'));
    expect(await sh(`cat ${rootOf(clone)}/etc/hosts`)).toBe(await sh('cat /etc/hosts'));
    expect(await sh(`stat -c %F ${rootOf(clone)}/etc/hosts ${rootOf(clone)}/etc/resolv.conf`)).toBe(
      'regular file\nregular file',
    );
  });
});

/** Standard output of a command in a clone. */
async function inside(clone: string, command: string): Promise<string> {
  return sh(`systemd-run --quiet --wait --pipe --machine=${clone} /bin/sh -c '${command}'`);
}

test('each clone has its own machine-id, derived from its certname', async () => {
  const ids = await Promise.all(NAMES.map((clone) => inside(clone, 'cat /etc/machine-id')));
  expect(new Set(ids).size).toBe(NAMES.length);
  expect(ids[0]).toBe((await sh(`printf %s ${certnameOf('clone1')} | sha256sum`)).slice(0, 32));
});

describe('machinectl', () => {
  test('lists the clones', async () => {
    const names = (await sh('machinectl list --no-legend')).split('\n').map((line) => line.split(' ')[0]);
    expect(names.sort()).toEqual(NAMES);
  });

  test('shows the status of a clone', async () => {
    expect(await sh('machinectl status --no-pager clone2')).toContain('puppet-clone-army@clone2.service');
  });

  test('opens a shell in a clone', async () => {
    // script(1) provides the terminal.
    const output = await sh('script -qec "machinectl shell root@clone3 /usr/bin/id -un" /dev/null');
    expect(output).toMatch(/root\s+Connection to machine clone3 terminated/);
  });

  test('logs in to a clone with the documented password', async () => {
    const output = await sh(`
      cd $(mktemp -d) && mkfifo keys && touch screen
      script -qfec 'machinectl login clone4' screen < keys > /dev/null &
      exec 3> keys
      see() { timeout 60 sh -c "until grep -aqF '$1' screen; do sleep 0.2; done"; }
      see 'login:' && echo root >&3
      see 'Password:' && echo puppetlabs >&3
      see '# ' && echo 'echo I am $(id -un) of $(hostname)' >&3
      see 'I am root' && echo exit >&3
      cat screen
      kill %1
    `);
    expect(output).toContain(`I am root of ${certnameOf('clone4')}`);
  });
});

describe('clone_army::status', () => {
  test('reports the state and the last run of each clone', async () => {
    const { value } = await task('status');
    expect(value).toMatchObject({
      host: host.certname,
      server: 'puppet',
      totals: { clones: 6, running: 6, failed: 0, checked_in: 6 },
    });
    expect(value.clones.map((clone: { name: string }) => clone.name)).toEqual(NAMES);
    for (const clone of value.clones) {
      expect(clone).toMatchObject({
        state: 'running',
        base: BASE,
        root: rootOf(clone.name),
        enabled: true,
        last_run: {
          outcome: expect.stringMatching(/^(un)?changed$/),
          failed: 0,
          agent_version: expect.stringMatching(/^\d+[.]/),
        },
      });
      expect(Date.parse(clone.since)).toBeLessThanOrEqual(Date.now() + 1000);
      expect(Date.parse(clone.last_run.time)).toBeGreaterThanOrEqual(Date.parse(clone.since) - 1000);
    }
  });

  test('shows a table of the selected clones', async () => {
    const { value } = await task('status', { clones: 'clone1,clone2' });
    expect(value._output).toMatch(/^2 clones|2 clones/m);
    expect(value._output).toMatch(/clone1.*running/);
    expect(value._output).not.toMatch(/clone3/);
  });
});
