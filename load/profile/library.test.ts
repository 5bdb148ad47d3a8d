import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { arrivals } from '../schedule/arrivals.ts';
import { rosterOf } from '../testing/profile.ts';
import { readProfile } from './read-profile.ts';

const folder = join(import.meta.dirname, '../../module-template/files/profiles');
const names = readdirSync(folder).map((file) => file.replace(/\.yaml$/, ''));

/** Minutes, and runs of 60 clones. A search decides on them by itself. */
const PLANNED: Readonly<Record<string, [number, number]>> = {
  herd: [15, 60],
  ramp: [33, 1680],
  search: [0, 0],
  smoke: [1, 12],
  soak: [2880, 5760],
  spike: [20, 360],
  steady: [35, 1050],
};

describe('the profiles of the module', () => {
  test('are all known here', () => {
    expect(names.sort()).toEqual(Object.keys(PLANNED));
  });

  test.each(names)('%s is valid, and has the load that it tells of', (name) => {
    const { profile, search } = readProfile(
      readFileSync(join(folder, `${name}.yaml`), 'utf8'),
      `${name}.yaml`,
    );
    expect(profile.name).toBe(name);
    expect(search !== null).toBe(name === 'search');
    const minutes = profile.phases.reduce((sum, { length }) => sum + length, 0) / 60_000;
    const runs = [...arrivals({ ...profile, arrivals: 'even' }, rosterOf({ 'debian-13': 60 }))].length;
    expect([minutes, runs]).toEqual(PLANNED[name]);
  });
});
