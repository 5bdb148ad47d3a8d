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

  /** Sets limits to the demand of this many clones, except for some kernel limits. Returns that of machined's files. */
  function raise(clones: number, differs: Record<string, number> = {}) {
    for (const [name, demand] of Object.entries(KERNEL_LIMITS)) {
      const value = demand.host + demand.clone * (differs[name] ?? clones);
      host.write(`/proc/sys/${name.replaceAll('.', '/')}`, `${value}\n`);
    }
    const { host: bus, clone } = DBUS_CONNECTIONS;
    const limit = `  <limit name="max_connections_per_user">${bus + clone * clones}</limit>`;
    host.write('/etc/dbus-1/system.d/puppet-clone-army.conf', `<busconfig>\n${limit}\n</busconfig>\n`);
    return MACHINED_FILES.host + MACHINED_FILES.clone * clones;
  }

  test('returns the number of clones for each limit in ascending order', () => {
    const files = raise(1000, { 'kernel.pty.max': 300 });
    host.write('/proc/meminfo', `MemTotal:       ${24_000 * 1024} kB\nMemFree:        1 kB\n`);
    const memory = Math.floor((24_000 - MEMORY_MIB.system - MEMORY_MIB.agent) / MEMORY_MIB.service.idle);
    const limits = capacityOf(host, SERVICE, files);
    expect(limits.slice(0, 2)).toEqual([
      { limit: 'kernel.pty.max', allowed: 4696, per_clone: 2, clones: 300, raised: true },
      {
        limit: 'memory_mib',
        allowed: 24_000,
        per_clone: MEMORY_MIB.service.idle,
        clones: memory,
        raised: false,
      },
    ]);
    expect(limits.slice(2).map(({ clones }) => clones)).toEqual(Array(8).fill(1000));
  });

  test('reserves memory for one run per lane in mode timer', () => {
    host.write('/proc/meminfo', `MemTotal:       ${2000 * 1024} kB\n`);
    const { system, agent, timer } = MEMORY_MIB;
    expect(capacityOf(host, TIMER, null)).toContainEqual({
      limit: 'memory_mib',
      allowed: 2000,
      per_clone: timer.idle,
      clones: Math.floor((2000 - system - agent - TIMER.lanes * timer.run) / timer.idle),
      raised: false,
    });
  });

  test.each([
    { why: 'the host, as in a container', limited: { host: 1000, clones: 2000 }, allowed: 1000 },
    { why: 'clones', limited: { clones: 1500 }, allowed: 1500 },
    { why: 'neither below what there is', limited: { host: 4000, clones: 5000 }, allowed: 3000 },
  ])('counts only memory that control groups allow: limit of $why', ({ limited, allowed }) => {
    host.write('/proc/meminfo', `MemTotal:       ${3000 * 1024} kB\n`);
    const text = (mib?: number) => `${mib === undefined ? 'max' : mib * MEBIBYTE}\n`;
    host.write('/sys/fs/cgroup/memory.max', text(limited.host));
    host.write('/sys/fs/cgroup/machine.slice/memory.max', text(limited.clones));
    expect(capacityOf(host, SERVICE, null)).toMatchObject([{ limit: 'memory_mib', allowed }]);
  });

  test.each([SERVICE, TIMER])(
    'counts clones with an overlay, and those that fit in the free disk space',
    (fleet) => {
      const each = DISK_MIB[fleet.run_mode];
      host.free = (DISK_MIB.system + 10 * each) * MEBIBYTE + 1;
      for (const clone of ['clone1', 'clone5']) host.createOverlay(clone);
      // Not in the fleet.
      host.createOverlay('clone6');
      expect(capacityOf(host, fleet, null)).toEqual([
        {
          limit: 'disk_free_mib',
          allowed: DISK_MIB.system + 10 * each,
          per_clone: each,
          clones: 12,
          raised: false,
        },
      ]);
    },
  );

  test('counts clones with an overlay if the disk is full', () => {
    host.free = 0;
    host.createOverlay('clone1');
    expect(capacityOf(host, SERVICE, null)).toMatchObject([
      { limit: 'disk_free_mib', allowed: 0, clones: 1 },
    ]);
  });

  test('omits limits that cannot be determined', () => {
    raise(10);
    const names = capacityOf(host, SERVICE, null).map(({ limit }) => limit);
    expect(names).toHaveLength(Object.keys(KERNEL_LIMITS).length + 1);
    expect(names).not.toContain('memory_mib');
  });

  test('does not return a negative number of clones', () => {
    host.write('/proc/sys/fs/inotify/max_user_instances', '128\n');
    expect(capacityOf(host, SERVICE, null)).toMatchObject([
      { limit: 'fs.inotify.max_user_instances', clones: 0 },
    ]);
  });
});
