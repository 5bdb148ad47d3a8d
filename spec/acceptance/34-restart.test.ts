import { beforeAll, describe, expect, test } from '@jest/globals';
import { mounted, NAMES, quickTask, running, sh, type TaskName, until } from './support.ts';

const serviceOf = (clone: string) => `puppet-clone-army@${clone}.service`;
const killSupervisor = (clone: string) =>
  sh(`kill -KILL $(systemctl show --property=MainPID --value ${serviceOf(clone)})`);

/** Clones by number of restarts, from the task. */
async function restarts(): Promise<Record<string, number>> {
  const { clones } = await quickTask('status');
  return Object.fromEntries(
    (clones as { name: string; restarts?: number }[]).flatMap(({ name, restarts: count }) =>
      count === undefined ? [] : [[name, count]],
    ),
  );
}

describe('clones that die, and clones that are shut down', () => {
  const stopped = ['clone3', 'clone4'];
  const others = NAMES.filter((name) => !stopped.includes(name));

  beforeAll(async () => {
    await quickTask('start');
    expect(await restarts()).toEqual({});
    await killSupervisor('clone1');
    await sh('kill -KILL $(machinectl show clone2 --property=Leader --value)');
    // A clone may be gone before it has answered.
    await sh('systemctl --machine=clone3 poweroff; machinectl poweroff clone4');
    await sh('systemctl --machine=clone5 reboot || true');
    await until(
      'the clones are back',
      async () => (await restarts()).clone1 === 1 && (await running()).length === 4,
    );
  });

  test('those that died or rebooted run again, and status says so', async () => {
    expect(await running()).toEqual(others);
    expect(await restarts()).toEqual({ clone1: 1, clone2: 1, clone5: 1 });
  });

  test('those that were shut down stay down, with their roots unmounted', async () => {
    const { clones } = await quickTask('status', { clones: stopped.join(',') });
    expect(clones.map(({ state }: { state: string }) => state)).toEqual(['stopped', 'stopped']);
    expect(await mounted()).toEqual(others);
  });

  test('a clone that was stopped while it waited for its restart stays down', async () => {
    const stateOf = (property: string) =>
      sh(`systemctl show --property=${property} --value ${serviceOf('clone6')}`);
    await killSupervisor('clone6');
    await until('clone6 waits for its restart', async () => (await stateOf('SubState')) === 'auto-restart');
    await sh(`systemctl stop ${serviceOf('clone6')}`);
    expect(await stateOf('ActiveState')).toBe('inactive');
  });

  test('a start forgets the restarts', async () => {
    await quickTask('stop');
    expect((await quickTask('start')).totals).toMatchObject({ changed: NAMES.length, failed: 0 });
    expect(await restarts()).toEqual({});
  });

  test.each<{ tasks: TaskName[] }>([{ tasks: ['stop', 'start'] }, { tasks: ['restart'] }])(
    'a clone may be started more often than it may die: $tasks',
    async ({ tasks }) => {
      for (let round = 0; round < 6; round++) {
        for (const task of tasks) {
          expect((await quickTask(task, { clones: 'clone6' })).totals).toMatchObject({
            changed: 1,
            failed: 0,
          });
        }
      }
    },
  );
});
