import { expect, test } from '@jest/globals';
import { parseAccessLog } from './access-log.ts';

test('requests of agents are read with their node, and with the time for which they held a JRuby', () => {
  const log = [
    '127.0.0.1 - - [14/Mar/2026:15:09:26 +0100] "POST /puppet/v3/catalog/clone1.host.example?environment=production HTTP/1.1" 200 1234 "-" "Puppet/8.10.0" 250 99 240',
    '127.0.0.1 - - [14/Mar/2026:15:09:27 +0100] "PUT /puppet/v3/report/clone1.host.example?environment=production HTTP/1.1" 500 9 "-" "Puppet/8.10.0" 31 99 -',
    '127.0.0.1 - - [14/Mar/2026:15:09:27 +0100] "GET /status/v1/services HTTP/1.1" 200 9 "-" "-" 3 0 -',
  ].join('\n');

  const at = Date.parse('2026-03-14T14:09:26Z');
  const name = 'clone1.host.example';
  expect(parseAccessLog(log)).toEqual([
    {
      at,
      method: 'POST',
      route: 'catalog',
      name,
      status: 200,
      version: 'Puppet/8.10.0',
      sent: 99,
      borrowed: 240,
    },
    {
      at: at + 1000,
      method: 'PUT',
      route: 'report',
      name,
      status: 500,
      version: 'Puppet/8.10.0',
      sent: 99,
      borrowed: 0,
    },
  ]);
});
