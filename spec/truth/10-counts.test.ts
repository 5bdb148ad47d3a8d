import { afterAll, beforeAll } from '@jest/globals';
import { classify } from '../../lab/server/site-manifest.ts';
import { loadTest, steady } from '../load/load-test.ts';
import { compareCounts } from './counts.ts';
import { first, server } from './lab.ts';
import { truth } from './table.ts';

/** Clones whose catalogs fail in different ways, beside those that have nothing to change. */
const NODES = `
node 'left-1.${first.certname}' { fail('no catalog for this clone') }
node 'left-2.${first.certname}' { exec { '/bin/false': } }
node 'left-3.${first.certname}' { notify { 'a change in each run': } }
`;

beforeAll(() => classify(server, { nodes: NODES }));
afterAll(() => classify(server));

truth('counts', "runs by outcome equal the server's access log and reports to 1 %", async (found) => {
  const test = await loadTest([first], 'counts', steady(24, '150s'));
  await compareCounts(test, found);
});
