import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { FakeHost } from '../../testing/host.ts';
import { usageReader } from './control-group.ts';

describe('usageReader', () => {
  const GROUP = 'machine.slice/puppet-clone-army@clone1.service';
  const STARTED = new Date('2026-11-24T11:00:00Z');

  let host: FakeHost;
  beforeEach(() => {
    host = new FakeHost({});
  });
  afterEach(() => host.remove());

  function write(group: string, file: string) {
    for (const folder of [path.dirname(group), group]) host.write(`${folder}/${file}`, '73400320\n');
    fs.utimesSync(path.join(host.root, group), STARTED, STARTED);
  }

  test('reads the unified hierarchy', () => {
    write(`/sys/fs/cgroup/${GROUP}`, 'memory.current');
    expect(usageReader(host)('clone1')).toEqual({ since: STARTED.getTime(), memory: 73_400_320 });
  });

  test('reads hierarchies of cgroup version 1', () => {
    write(`/sys/fs/cgroup/systemd/${GROUP}`, 'cgroup.procs');
    write(`/sys/fs/cgroup/memory/${GROUP}`, 'memory.usage_in_bytes');
    expect(usageReader(host)('clone1')).toEqual({ since: STARTED.getTime(), memory: 73_400_320 });
  });

  test('returns no memory if the host does not account for it', () => {
    write(`/sys/fs/cgroup/${GROUP}`, 'cgroup.procs');
    expect(usageReader(host)('clone1')).toEqual({ since: STARTED.getTime(), memory: null });
  });

  test('returns nulls for a clone without a control group', () => {
    expect(usageReader(host)('clone1')).toEqual({ since: null, memory: null });
  });
});
