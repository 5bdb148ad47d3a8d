import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { baseRecordOf } from '../model/names.ts';
import { perform } from './lib/main.ts';
import { definition, run } from './status.ts';
import { FakeHost, fleetOf, NAMES } from './testing/host.ts';
import { RUNNING } from './testing/systemd.ts';

describe('status points out', () => {
  let host: FakeHost;
  const status = (input: object = {}) => perform(definition, run, JSON.stringify(input), host);

  beforeEach(() => {
    host = new FakeHost({ clone1: RUNNING, clone2: {}, clone3: {}, clone4: {}, clone5: {} });
    host.writeFleet(fleetOf());
    host.writeAgent('debian-13');
  });
  afterEach(() => host.remove());

  describe('clones of another CA: that of the server', () => {
    const pem = (body: string) => `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`;
    const warnings = async () => (await status()).warnings;

    test('is another one than that of clones, which are told with the remedy', async () => {
      host.ca = pem('NEW');
      host.writeCa('clone1-overlay', pem('OLD'));
      host.writeCa('clone2-overlay', pem('NEW'));
      host.writeCa('clone3-overlay', 'half a certificate');
      host.writeCa('clone5-overlay', pem('OLDER'));
      expect(await warnings()).toEqual([
        expect.stringMatching(
          /^2 clones [(]clone1, clone5[)] and puppet[.]example have different CAs.*clone_army::reset with keep_certificate=false/,
        ),
      ]);
    });

    test('can be an intermediate one, and line breaks do not matter', async () => {
      host.ca = pem('SUB') + pem('RO\nOT');
      host.writeCa('clone1-overlay', pem('ROOT'));
      expect(await warnings()).toBeUndefined();
    });

    test('is compared with that of the image where a clone has none of its own', async () => {
      host.ca = pem('NEW');
      host.writeCa('debian-13', pem('OLD'));
      host.writeCa('clone2-overlay', pem('NEW'));
      expect(await warnings()).toEqual([expect.stringMatching(/^4 clones/)]);
    });

    test('does not matter while the server is down', async () => {
      host.writeCa('clone1-overlay', pem('OLD'));
      expect(await warnings()).toBeUndefined();
    });
  });

  test('running clones on an image that was replaced', async () => {
    for (const clone of ['clone1', 'clone2'])
      host.write(baseRecordOf(NAMES, clone), 'debian-13 Debian 13 1\n');
    const answer = await status({ clones: 'clone1-2' });
    expect(answer).toMatchObject({
      totals: { older_image: 1 },
      clones: [{ older_image: true }, { older_image: null }],
    });
    expect(answer._output).toMatch(/^1 running clone uses an image .*\(clone1\): restart them/m);
  });

  test('clones that left the fleet, if their overlays are still there', async () => {
    for (const clone of ['clone1', 'clone6', 'load-a7']) host.createOverlay(clone);
    host.write(`${NAMES.stateDir}/debian-12-replaced/x`, '');
    const answer = await status({ clones: 'clone1' });
    expect(answer.left).toEqual(['clone6', 'load-a7']);
    expect(answer._output).toContain('Overlays of 2 clones that left the fleet: clone6, load-a7');
  });

  test.each([
    ['is missing', undefined],
    ['is not valid JSON', '{"version":'],
    ['lacks a path', '{"version":"8"}'],
  ])('that the agent record of a base image %s', async (_, content) => {
    host.writeFleet(fleetOf({ base: 'debian-12' }));
    if (content) host.write(`${NAMES.stateDir}/debian-12/usr/share/${NAMES.prefix}/agent.json`, content);
    const answer = await status();
    expect(answer.warnings).toEqual([
      expect.stringMatching(/base image debian-12 are unknown because .*agent\.json .*apply class/),
    ]);
    expect(answer._output).toContain('base image debian-12 are unknown');
  });
});
