import { beforeAll, describe, expect, test } from '@jest/globals';
import { FAULTS, oneOf, randomFrom, recover } from './faults.ts';
import { BASE, mounted, NAMES, running, sh } from './support.ts';

/** Set FAULT_SEED to repeat a run. `npm run faults` sets FAULT_ROUNDS. */
const SEED = Number(process.env.FAULT_SEED ?? Date.now() % 1_000_000);
const ROUNDS = Number(process.env.FAULT_ROUNDS ?? 1);

const random = randomFrom(SEED);
const ROUND = Array.from({ length: ROUNDS }, (_, i) => [i + 1, oneOf(Object.keys(FAULTS), random)] as const);

const STATE = '/var/lib/puppet-clone-army';

/** What must outlive every fault: the clones' certificates and keys. */
async function identities(): Promise<string> {
  return sh(
    `cd ${STATE} && find *-overlay/var/lib/puppet/ssl -name '*.pem' -exec sha256sum {} + | sort -k 2`,
  );
}

/** What a fault could leave behind, except for a replaced image, which the next build removes. */
async function leftovers(): Promise<string> {
  return sh(`ls -A ${STATE} | grep -E -- '-building|-definition|-reset|[.]new' || true`);
}

describe(`faults with the seed ${SEED}`, () => {
  let before: string;
  beforeAll(async () => {
    await recover();
    before = await identities();
    expect(before.split('\n').length).toBeGreaterThan(NAMES.length);
  });

  test.each(ROUND)('%d: after %s, an apply and a start bring the whole fleet back', async (_, fault) => {
    await (FAULTS[fault] as (typeof FAULTS)[string])(random);
    await recover();

    expect(await running()).toEqual(NAMES);
    expect(await mounted()).toEqual(NAMES);
    expect(await sh('systemctl --failed --plain --no-legend')).toBe('');
    expect(await identities()).toBe(before);
    expect(await leftovers()).toBe('');
    expect(await sh(`/usr/local/libexec/puppet-clone-army/build-base --check ${BASE} && echo current`)).toBe(
      'current',
    );
  });
});
