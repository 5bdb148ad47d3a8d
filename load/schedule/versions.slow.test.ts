import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { NODES, nodeBinary } from '../../tasks/testing/bundle.ts';

/** Prints a digest of a schedule of random gaps, ramps and shuffled clones, and its number of arrivals. */
const PROGRAM = `
import { createHash } from 'crypto';
import { phaseOf, profileOf, rosterOf } from '../testing/profile.ts';
import { arrivals } from './arrivals.ts';

const length = 3600000;
const phases = [
  phaseOf([{ kind: 'rate', at: 0, length, from: 10, to: 3000 }, { kind: 'once', at: 7, length }], { length }),
  phaseOf([{ kind: 'interval', at: 0, length, interval: 300000 }], { length }),
];
const roster = rosterOf({ debian: 70, alma: 30 }, { debian: 41 }, { alma: 7, suse: 3 });
for (const gaps of ['even', 'poisson']) {
  const hash = createHash('sha256');
  let count = 0;
  for (const arrival of arrivals(profileOf(phases, { arrivals: gaps, seed: 42 }), roster)) {
    hash.update(JSON.stringify(arrival));
    count += 1;
  }
  console.log(gaps, count, hash.digest('hex').slice(0, 16));
}
`;

/** 90,300 arrivals of the ramp, 151 of the herd and 12 times 151 of the interval; as many at random, by chance. */
const SCHEDULES = 'even 92263 abeffe22b132abe6\npoisson 92656 6fe83cf4ce114f62\n';

test('a schedule is the same on all versions of Node, and from release to release', async () => {
  const { outputFiles } = await build({
    stdin: { contents: PROGRAM, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    target: 'node12.22',
  });
  const program = outputFiles[0]?.text ?? '';
  const schedules = NODES.map((version) =>
    execFileSync(nodeBinary(version), ['-'], { input: program, encoding: 'utf8', env: {} }),
  );
  // Tests that are to be compared need equal schedules, so a change here is one that users notice.
  expect(schedules).toEqual(NODES.map(() => SCHEDULES));
});
