import { beforeEach, describe, expect, test } from '@jest/globals';
import { apply, changes, mounted, NAMES, running, sh, task, until } from './support.ts';

const without = (...clones: string[]) => NAMES.filter((name) => !clones.includes(name));

/** Start times of all running clones' init: those of clones that nobody touched do not change. */
async function startTimes(): Promise<Record<string, string>> {
  const output = await sh(
    "systemctl show --property=Id,ActiveEnterTimestampMonotonic 'puppet-clone-army@*.service'",
  );
  return Object.fromEntries(
    [
      ...output.matchAll(
        /Id=.*@(.*)[.]service\nActiveEnterTimestampMonotonic=(\d+)|ActiveEnterTimestampMonotonic=(\d+)\nId=.*@(.*)[.]service/g,
      ),
    ].map((m) => [m[1] ?? m[4], m[2] ?? m[3]]),
  );
}

beforeEach(async () => {
  await task('start');
});

describe('stopping one clone', () => {
  test('by task: its root is unmounted, the others are undisturbed', async () => {
    const before = await startTimes();
    const { value } = await task('stop', { clones: 'clone2' });

    expect(value.clones).toEqual([
      expect.objectContaining({ name: 'clone2', result: 'changed', state: 'stopped' }),
    ]);
    expect(await mounted()).toEqual(without('clone2'));
    expect(await running()).toEqual(without('clone2'));
    const after = await startTimes();
    for (const name of without('clone2')) expect(after[name]).toBe(before[name]);
  });

  test('by systemctl: the same', async () => {
    await sh('systemctl stop puppet-clone-army@clone3');
    await until('clone3 is unmounted', async () => !(await mounted()).includes('clone3'), 30);
    expect(await mounted()).toEqual(without('clone3'));
    expect(await running()).toEqual(without('clone3'));
  });

  test('from within: a clone that powers itself off is unmounted too', async () => {
    await sh('machinectl poweroff clone4');
    await until('clone4 is unmounted', async () => !(await mounted()).includes('clone4'), 60);
    expect(await running()).toEqual(without('clone4'));
  });

  test('it stays stopped through another apply', async () => {
    await task('stop', { clones: 'clone5' });
    expect(changes(await apply())).toEqual({ changed: 0, failed: 0 });
    expect(await running()).toEqual(without('clone5'));
  });
});

describe('a clone whose container was killed', () => {
  test('starts again', async () => {
    await sh('systemctl kill --signal=KILL puppet-clone-army@clone6');
    await until('clone6 is down', async () => !(await running()).includes('clone6'), 30);
    const { value } = await task('start', { clones: 'clone6' });
    expect(value.totals).toMatchObject({ changed: 1, failed: 0 });
    expect(await running()).toEqual(NAMES);
  });
});

describe('stopping all clones', () => {
  test('by task', async () => {
    const { value } = await task('stop');
    expect(value.totals).toMatchObject({ clones: NAMES.length, changed: NAMES.length, failed: 0 });
    expect(await mounted()).toEqual([]);
    expect((await task('stop')).value.totals).toMatchObject({ changed: 0, in_sync: NAMES.length });
  });

  test('by systemctl', async () => {
    await sh('systemctl stop puppet-clone-army.target');
    await until('all are unmounted', async () => (await mounted()).length === 0, 60);
    expect(await running()).toEqual([]);
  });

  test('and starting them by systemctl waits until they run', async () => {
    await sh('systemctl stop puppet-clone-army.target');
    await until('all are unmounted', async () => (await mounted()).length === 0, 60);
    await sh('systemctl start puppet-clone-army.target');
    expect(await running()).toEqual(NAMES);
  });
});

describe('the tasks, given what is not so', () => {
  test.each([
    [{ clones: 'clone99' }, 'clone_army/unknown-clone'],
    [{ clones: 'clone5-clone2' }, 'clone_army/bad-range'],
  ])('%j does nothing', async (parameters, kind) => {
    const { value } = await task('stop', parameters);
    expect(value._error.kind).toBe(kind);
    expect(await running()).toEqual(NAMES);
  });

  test('--noop tells what would change, and changes nothing', async () => {
    const { value } = await task('stop', { clones: ['clone1', 'clone2'] }, '--noop');
    expect(value.totals).toMatchObject({ clones: 2, changed: 2 });
    expect(await running()).toEqual(NAMES);
  });
});
