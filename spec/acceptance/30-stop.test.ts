import { beforeEach, describe, expect, test } from '@jest/globals';
import { apply, changes, mounted, NAMES, quickTask, running, sh, task, until } from './support.ts';

const without = (...clones: string[]) => NAMES.filter((name) => !clones.includes(name));

/** Start times of all clones' services. The time changes when a clone is restarted. */
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
  await quickTask('start');
});

describe('stopping one clone', () => {
  test('with the task unmounts its root and leaves the others running', async () => {
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

  test('with systemctl unmounts its root', async () => {
    await sh('systemctl stop puppet-clone-army@clone3');
    await until('clone3 is unmounted', async () => !(await mounted()).includes('clone3'), 30);
    expect(await mounted()).toEqual(without('clone3'));
    expect(await running()).toEqual(without('clone3'));
  });

  test('with a shutdown inside the clone unmounts its root', async () => {
    await sh('machinectl poweroff clone4');
    await until('clone4 is unmounted', async () => !(await mounted()).includes('clone4'), 60);
    expect(await running()).toEqual(without('clone4'));
  });

  test('is not undone by another apply, which changes nothing', async () => {
    await quickTask('stop', { clones: 'clone5' });
    expect(changes(await apply())).toEqual({ changed: 0, failed: 0 });
    expect(await running()).toEqual(without('clone5'));
  });
});

describe('a clone whose processes were all killed', () => {
  test('is started again by systemd', async () => {
    const before = await startTimes();
    await sh('systemctl kill --signal=KILL puppet-clone-army@clone6');
    await until('clone6 runs again', async () => {
      const { clone6 } = await startTimes();
      return clone6 !== before.clone6 && (await running()).includes('clone6');
    });
    expect((await task('start')).value.totals).toMatchObject({ in_sync: NAMES.length, failed: 0 });
  });
});

describe('stopping all clones', () => {
  test('with the task unmounts all roots, and changes nothing when repeated', async () => {
    const { value } = await task('stop');
    expect(value.totals).toMatchObject({ clones: NAMES.length, changed: NAMES.length, failed: 0 });
    expect(await mounted()).toEqual([]);
    expect((await quickTask('stop')).totals).toMatchObject({ changed: 0, in_sync: NAMES.length });
  });

  test('with systemctl unmounts all roots, and starting the target waits until all clones run', async () => {
    await sh('systemctl stop puppet-clone-army.target');
    await until('all are unmounted', async () => (await mounted()).length === 0, 60);
    expect(await running()).toEqual([]);
    await sh('systemctl start puppet-clone-army.target');
    expect(await running()).toEqual(NAMES);
  });
});

describe('the stop task', () => {
  test.each([
    [{ clones: 'clone99' }, 'clone_army/unknown-clone'],
    [{ clones: 'clone5-clone2' }, 'clone_army/bad-range'],
  ])('rejects %j and stops nothing', async (parameters, kind) => {
    const { value } = await task('stop', parameters);
    expect(value._error.kind).toBe(kind);
    expect(await running()).toEqual(NAMES);
  });

  test('reports with --noop what it would change, and changes nothing', async () => {
    const { value } = await task('stop', { clones: ['clone1', 'clone2'] }, '--noop');
    expect(value.totals).toMatchObject({ clones: 2, changed: 2 });
    expect(await running()).toEqual(NAMES);
  });
});
