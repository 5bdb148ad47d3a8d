import { describe, expect, test } from '@jest/globals';
import { readRecorded } from './recorded-times.ts';

const line = (clock: string, request: string) =>
  `127.0.0.1 - clone1 [27/Nov/2026:${clock} +0000] "${request} HTTP/1.1" 200 5290 "-" "Puppet/8.10.0 Ruby/3.1" 121 - 120`;

describe('readRecorded', () => {
  test('reads the runs of an access log, each of which requests one catalog', () => {
    const log = [
      line('21:00:00', 'GET /puppet/v3/file_metadatas/plugins?environment=production'),
      line('21:00:01', 'POST /puppet/v3/catalog/clone1?environment=production'),
      line('21:00:05', 'PUT /puppet/v3/report/clone1?environment=production'),
      line('21:00:04', 'POST /puppet/v4/catalog'),
      line('21:01:01', 'GET /puppet/v3/catalog/clone2?environment=production'),
      line('21:01:02', 'GET /puppet/v3/catalogs'),
      '127.0.0.1 - - [27/Nov/2026:21:01:03 +0000] "-" 400 - "-" "-" 0 - -',
    ];
    expect(readRecorded(`${log.join('\n')}\n`)).toEqual({ times: [0, 3000, 60_000] });
  });

  test('spreads the runs of a second over it, because the log has whole seconds', () => {
    const log = ['21:00:00', '21:00:00', '21:00:00', '21:00:00', '21:00:01'].map((clock) =>
      line(clock, 'POST /puppet/v3/catalog/clone1'),
    );
    expect(readRecorded(log.join('\n'))).toEqual({ times: [0, 250, 500, 750, 1000] });
  });

  test('knows time zones', () => {
    const winter = '10.0.0.1 - c [01/Jan/2026:01:30:00 +0200] "POST /puppet/v3/catalog/c HTTP/1.1" 200 1';
    const utc = '10.0.0.1 - c [31/Dec/2025:23:31:00 +0000] "POST /puppet/v3/catalog/c HTTP/1.1" 200 1';
    expect(readRecorded(`${winter}\n${utc}`)).toEqual({ times: [0, 60_000] });
  });

  test('reads seconds since the phase began', () => {
    expect(readRecorded('# from a colleague\n12.5\n\n3\r\n3')).toEqual({ times: [3000, 3000, 12_500] });
  });

  test('reads times of day', () => {
    const text = '2026-11-27T21:00:01.250Z\n2026-11-27T22:00:00+01:00\n';
    expect(readRecorded(text)).toEqual({ times: [0, 1250] });
  });

  test.each([
    ['', 'it has no runs'],
    [line('21:00:00', 'GET /puppet/v3/node/clone1'), 'it has no runs'],
    ['1\nfoo\n', 'line 2 is neither a request of an access log nor a time: foo'],
    ['-1', 'line 1 is neither'],
    ['1\n2026-11-27T21:00:01Z', 'it has both times of day and seconds'],
    ['2024-01-01T00:00:00Z\n2026-01-01T00:00:00Z', 'it spans more than 366 days'],
    ['0\n'.repeat(1_000_001), 'it has 1000001 runs; at most 1000000 are possible'],
  ])('explains what is wrong (%#)', (text, error) => {
    expect(readRecorded(text)).toEqual({ error: expect.stringContaining(error) });
  });
});
