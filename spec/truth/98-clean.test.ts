import { expect } from '@jest/globals';
import { boltOn } from '../../lab/bolt.ts';
import { successful } from './fleet.ts';
import { clonesOf, lab, server } from './lab.ts';
import { truth } from './table.ts';

const ALL = { clones: '*' };

interface Cleaned {
  readonly cleaned: number;
  readonly missing: number;
  readonly failed: number;
}

truth('clean', 'fleets whose keys are gone come back under their names', async (found) => {
  const hosts = lab.cloneHosts;
  const clones = hosts.reduce((sum, host) => sum + clonesOf(host).size, 0);
  await Promise.all(hosts.map((host) => successful(host, 'reset', { ...ALL, keep_certificate: false })));

  const began = Date.now();
  const words = [
    'plan',
    'run',
    'clone_army::clean',
    'clones=*',
    `server=${server.target}`,
    '--format',
    'json',
  ];
  const { stdout } = await boltOn(hosts, words);
  const cleaned: Cleaned[] = JSON.parse(String(stdout));
  const sum = (key: keyof Cleaned) => cleaned.reduce((total, host) => total + host[key], 0);
  found(`${sum('cleaned')} certificates were cleaned in ${((Date.now() - began) / 1000).toFixed(0)} s`);
  expect([sum('cleaned'), sum('missing'), sum('failed')]).toEqual([clones, 0, 0]);

  const runs = await Promise.all(hosts.map((host) => successful(host, 'run', ALL)));
  const totals = runs.map((run) => run.totals);
  found(`${clones} agents ran with new certificates`);
  for (const { failed } of totals) expect(failed).toBe(0);
  expect(totals.reduce((total, each) => total + each.clones, 0)).toBe(clones);
});
