import fs from 'fs-extra';
import { declaration, host, NAMES, quickTask, SETTINGS, sh } from './support.ts';

/** Returns numbers from 0 up to 1. */
export type Random = () => number;

/** Numbers that depend on the seed alone (mulberry32). */
export function randomFrom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function oneOf<T>(items: readonly T[], random: Random): T {
  return items[Math.floor(random() * items.length)] as T;
}

/** Runs a command on the host, and kills it and all of its processes after some time. It may end earlier. */
async function interrupt(command: string, seconds: number): Promise<void> {
  await sh(
    `timeout --signal=KILL ${seconds.toFixed(2)} setsid --wait sh -c '${command}' > /dev/null 2>&1 || true`,
  );
  // The kill does not reach other sessions.
  await sh(`pkill --signal KILL --full '^[^ ]*(node|puppet|ruby|sh) .*/root/(quick-tasks|faults)/' || true`);
}

/** Writes code on the host for `puppet apply`. Returns the command that applies it. */
async function applyCommand(code: string): Promise<string> {
  const file = '/root/faults/fleet.pp';
  await fs.outputFile(host.file(file), `${code}\n`);
  return `puppet apply --detailed-exitcodes ${file}`;
}

/** Restores the fleet as an operator would: by applying the class and starting the clones. */
export async function recover(): Promise<void> {
  // Exit code 2: there were changes, and no failures.
  await sh(`${await applyCommand(declaration())} || [ $? -eq 2 ]`);
  await quickTask('start');
}

/** Runs a task, and kills it at a random moment. */
async function interruptTask(name: 'start' | 'stop', random: Random): Promise<void> {
  // Also copies both tasks to the host.
  for (const task of [name, opposite(name)]) await quickTask(task);
  await interrupt(`node /root/quick-tasks/${name}.js < /root/quick-tasks/input.json`, 0.1 + 8 * random());
}

const opposite = (name: 'start' | 'stop'): 'start' | 'stop' => (name === 'start' ? 'stop' : 'start');

const killed = (what: string) => async (random: Random) => {
  await sh(`kill -KILL $(${what.replace('CLONE', oneOf(NAMES, random))})`);
};

/** Faults by what happens. Each leaves the host in whatever state it was in at a random moment. */
export const FAULTS: Readonly<Record<string, (random: Random) => Promise<void>>> = {
  "a clone's supervisor is killed": killed(
    'systemctl show --property=MainPID --value puppet-clone-army@CLONE',
  ),
  "a clone's init is killed": killed('machinectl show --property=Leader --value CLONE'),
  'systemd-machined is killed': async (random) => {
    await killed('systemctl show --property=MainPID --value systemd-machined')(random);
    // systemd starts it again when somebody asks for it.
    await sh('machinectl list');
  },
  'a start is killed': (random) => interruptTask('start', random),
  'a stop is killed': (random) => interruptTask('stop', random),
  'a build of the image is killed': async (random) => {
    const changed = declaration().replace(SETTINGS, `'packages' => ['less'], ${SETTINGS}`);
    await interrupt(await applyCommand(changed), 5 + 60 * random());
  },
  'a resize is killed': async (random) => {
    await interrupt(await applyCommand(declaration(2)), 3 + 20 * random());
  },
  'fleet.json is cut short, and something reloads systemd': async (random) => {
    const file = '/etc/puppet-clone-army/fleet.json';
    await sh(`truncate --size=${Math.floor(200 * random())} ${file} && systemctl daemon-reload`);
  },
};
