import * as fs from 'node:fs';
import { expect, test } from '@jest/globals';
import { serverFigures } from './server-sample.ts';

/** What a puppetserver 8.7.0 answered after three runs, with fewer routes. */
const ANSWER = fs.readFileSync(new URL('fixtures/status-8.7.0.json', import.meta.url), 'utf8');

test('reads the figures of a server', () => {
  expect(serverFigures(ANSWER)).toEqual({
    version: '8.7.0',
    uptime: 474.736,
    jrubies: {
      total: 1,
      free: 1,
      requested: 0,
      meanBorrow: 100,
      meanWait: 41,
      borrowed: 30,
      borrowTimeouts: 0,
      queueLimitHits: 0,
    },
    routes: {
      total: { count: 30, mean: 100 },
      'puppet-v3-catalog': { count: 3, mean: 301 },
      'puppet-v3-file_content': { count: 12, mean: 21 },
      'puppet-v3-file_metadatas': { count: 9, mean: 42 },
      'puppet-v3-node': { count: 3, mean: 250 },
      'puppet-v3-report': { count: 3, mean: 192 },
    },
    requests: expect.objectContaining({
      total: { count: 30, mean: 156 },
      'puppet-v3-catalog-/*/': { count: 3, mean: 483 },
    }),
    compiles: { count: 3, mean: 177 },
    heap: { used: 324534272, committed: 1073741824, max: 1073741824 },
    cpu: expect.closeTo(0.006, 4),
    gcCpu: 0,
  });
});

test('counts the requests that wait for a JRuby', () => {
  const answer = JSON.parse(ANSWER);
  answer['jruby-metrics'].status.experimental.metrics['requested-instances'] = [{}, {}, {}];
  expect(serverFigures(JSON.stringify(answer)).jrubies?.requested).toBe(3);
});

test('reads the services of Puppet Enterprise, which have other names', () => {
  const renamed = ANSWER.replace('"jruby-metrics"', '"pe-jruby-metrics"').replace('"server"', '"pe-master"');
  expect(serverFigures(renamed)).toEqual(serverFigures(ANSWER));
});

test('leaves out figures that a server does not have', () => {
  expect(serverFigures('{"server":{"service_version":"9.0.0"}}')).toEqual({ version: '9.0.0' });
  expect(serverFigures('{"jruby-metrics":{"status":null},"server":[]}')).toEqual({});
});

test.each(['', '<html>', '[]', '{}', 'null'])('refuses %j', (text) => {
  expect(() => serverFigures(text)).toThrow();
});
