import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { FakeHost, fleetOf, NAMES } from '../../testing/host.ts';
import { readFleet } from './read-fleet.ts';

describe('readFleet', () => {
  let host: FakeHost;
  beforeEach(() => {
    host = new FakeHost({});
  });
  afterEach(() => host.remove());

  test('reads the file, including unknown keys', () => {
    const fleet = { ...fleetOf({ first: 1, count: 3 }), later: true };
    host.writeFleet(fleet);
    expect(readFleet(host)).toEqual(fleet);
  });

  test('fails without a fleet, with the remedy', () => {
    expect(() => readFleet(host)).toThrow(
      expect.objectContaining({
        reason: 'no-fleet',
        message: expect.stringContaining('No fleet on this host: apply class clone_army first'),
      }),
    );
  });

  test.each<[string, string, RegExp]>([
    ['that is not JSON', '{"version":1', /fleet\.json is not valid JSON/],
    ['of another version', JSON.stringify({ ...fleetOf(), version: 2 }), /\/version must be <= 1/],
    ['without required keys', '{"version":1}', /the file must have required property 'host'/],
    ['with an invalid value', JSON.stringify(fleetOf({ count: 0 })), /\/groups\/0\/count must be >= 1/],
    [
      'with a path as the name of a base image',
      JSON.stringify(fleetOf({ base: '../etc' })),
      /\/groups\/0\/base must match/,
    ],
  ])('refuses a file %s', (_, content, message) => {
    host.write(NAMES.fleetFile, content);
    expect(() => readFleet(host)).toThrow(
      expect.objectContaining({ reason: 'bad-fleet', message: expect.stringMatching(message) }),
    );
  });

  test('fails if the file cannot be read', () => {
    host.write(`${NAMES.fleetFile}/in-place-of-a-file`, '');
    expect(() => readFleet(host)).toThrow(
      expect.objectContaining({ reason: 'bad-fleet', message: expect.stringContaining('cannot be read') }),
    );
  });
});
