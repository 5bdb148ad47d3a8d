import { expect, test } from '@jest/globals';
import { puppetdbFigures } from './puppetdb-sample.ts';

/** What PuppetDB 8.4.1 answered, but for the depth. */
const ANSWER =
  '{"service_version":"8.4.1","service_status_version":1,"detail_level":"info","state":"running","status":{"maintenance_mode?":false,"queue_depth":12,"read_db_up?":true,"write_db_up?":true,"write_dbs_up?":true,"write_db":{"default":{"up?":true}}},"active_alerts":[],"service_name":"puppetdb-status"}';

test('reads the depth of the queue', () => {
  expect(puppetdbFigures(ANSWER)).toEqual({ queueDepth: 12 });
});

test.each(['', 'null', '{}', '{"status":{"queue_depth":null}}'])('refuses %j', (text) => {
  expect(() => puppetdbFigures(text)).toThrow();
});
