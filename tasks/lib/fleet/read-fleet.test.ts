import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { FakeHost, fleetOf, NAMES } from '../../testing/host.ts';
import { readFleet } from './read-fleet.ts';

describe('readFleet', () => {
  let host: FakeHost;
  beforeEach(() => {
    host = new FakeHost({});
  });
  afterEach(() => host.remove());

  test('reads what Puppet wrote, and keeps what it does not know', () => {
    const fleet = { ...fleetOf({ first: 1, count: 3 }), later: true };
    host.writeFleet(fleet);
    expect(readFleet(host)).toEqual(fleet);
  });

  test('asks for the class where there is no fleet', () => {
    expect(() => readFleet(host)).toThrow(
      expect.objectContaining({
        reason: 'no-fleet',
        message: expect.stringContaining('No fleet on this host: apply class clone_army first'),
      }),
    );
  });

  test.each<[string, string, RegExp]>([
    ['that is no JSON', '{"version":1', /fleet\.json is no JSON/],
    ['of another layout', JSON.stringify({ ...fleetOf(), version: 2 }), /\/version must be <= 1/],
    ['that lacks keys', '{"version":1}', /the whole must have required property 'host'/],
    ['with a wrong value', JSON.stringify(fleetOf({ count: 0 })), /\/groups\/0\/count must be >= 1/],
    [
      'with a base that leads elsewhere',
      JSON.stringify(fleetOf({ base: '../etc' })),
      /\/groups\/0\/base must match/,
    ],
  ])('refuses a file %s', (_, content, message) => {
    host.write(NAMES.fleetFile, content);
    expect(() => readFleet(host)).toThrow(
      expect.objectContaining({ reason: 'bad-fleet', message: expect.stringMatching(message) }),
    );
  });

  test('refuses what cannot be read', () => {
    host.write(`${NAMES.fleetFile}/in-position-of-a-file`, '');
    expect(() => readFleet(host)).toThrow(
      expect.objectContaining({ reason: 'bad-fleet', message: expect.stringContaining('cannot be read') }),
    );
  });
});
