import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  DBUS_CONNECTIONS,
  DISK_MIB,
  KERNEL_LIMITS,
  MACHINED_FILES,
  MEMORY_MIB,
} from '../../../model/limits.ts';
import { FakeHost, fleetOf } from '../../testing/host.ts';
import { MEBIBYTE } from '../clone/bytes.ts';
import { capacityOf } from './capacity.ts';

const SERVICE = fleetOf();
const TIMER = { ...SERVICE, run_mode: 'timer' } as const;

describe('capacityOf', () => {
  let host: FakeHost;
  beforeEach(() => {
    host = new FakeHost({});
  });
  afterEach(() => host.remove());

  /** Has the host's limits be what this many clones need, and of one kernel limit what others need. */
  function raise(clones: number, differs: Record<string, number> = {}) {
    for (const [name, share] of Object.entries(KERNEL_LIMITS)) {
      const value = share.host + share.clone * (differs[name] ?? clones);
      host.write(`/proc/sys/${name.replaceAll('.', '/')}`, `${value}\n`);
    }
    const { host: bus, clone } = DBUS_CONNECTIONS;
    const limit = `  <limit name="max_connections_per_user">${bus + clone * clones}</limit>`;
    host.write('/etc/dbus-1/system.d/puppet-clone-army.conf', `<busconfig>\n${limit}\n</busconfig>\n`);
    return MACHINED_FILES.host + MACHINED_FILES.clone * clones;
  }

  test('says of each limit how many clones it allows, the one that breaks first before the others', () => {
    const files = raise(1000, { 'kernel.pty.max': 300 });
    host.write('/proc/meminfo', `MemTotal:       ${24_000 * 1024} kB\nMemFree:        1 kB\n`);
    const memory = Math.floor((24_000 - MEMORY_MIB.system - MEMORY_MIB.agent) / MEMORY_MIB.service.idle);
    const limits = capacityOf(host, SERVICE, files);
    expect(limits.slice(0, 2)).toEqual([
      { limit: 'kernel.pty.max', allowed: 4696, per_clone: 2, clones: 300 },
      { limit: 'memory_mib', allowed: 24_000, per_clone: MEMORY_MIB.service.idle, clones: memory },
    ]);
    expect(limits.slice(2).map(({ clones }) => clones)).toEqual(Array(8).fill(1000));
  });

  test('sets aside what runs by timer take, as many as there are lanes', () => {
    host.write('/proc/meminfo', `MemTotal:       ${2000 * 1024} kB\n`);
    const { system, agent, timer } = MEMORY_MIB;
    expect(capacityOf(host, TIMER, null)).toContainEqual({
      limit: 'memory_mib',
      allowed: 2000,
      per_clone: timer.idle,
      clones: Math.floor((2000 - system - agent - TIMER.lanes * timer.run) / timer.idle),
    });
  });

  test.each([SERVICE, TIMER])(
    'has room on the disk for clones that are laid out, and for as many more as fit',
    (fleet) => {
      const each = DISK_MIB[fleet.run_mode];
      host.free = (DISK_MIB.system + 10 * each) * MEBIBYTE + 1;
      for (const clone of ['clone1', 'clone5']) host.createOverlay(clone);
      // Not one of the fleet's.
      host.createOverlay('clone6');
      expect(capacityOf(host, fleet, null)).toEqual([
        { limit: 'disk_free_mib', allowed: DISK_MIB.system + 10 * each, per_clone: each, clones: 12 },
      ]);
    },
  );

  test('allows the clones that are laid out on a disk that is full', () => {
    host.free = 0;
    host.createOverlay('clone1');
    expect(capacityOf(host, SERVICE, null)).toMatchObject([
      { limit: 'disk_free_mib', allowed: 0, clones: 1 },
    ]);
  });

  test('leaves out what the host does not tell', () => {
    raise(10);
    const names = capacityOf(host, SERVICE, null).map(({ limit }) => limit);
    expect(names).toHaveLength(Object.keys(KERNEL_LIMITS).length + 1);
    expect(names).not.toContain('memory_mib');
  });

  test('does not count below none', () => {
    host.write('/proc/sys/fs/inotify/max_user_instances', '128\n');
    expect(capacityOf(host, SERVICE, null)).toMatchObject([
      { limit: 'fs.inotify.max_user_instances', clones: 0 },
    ]);
  });
});
