import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { inOwnNamespaces } from './namespaces.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'namespaces-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Processes of this machine with a marker in their environment. */
async function processesWith(marker: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const environ = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
      return environ.split('\0').includes(marker) ? pid : '';
    }),
  );
  return found.filter(Boolean);
}

test('no process and no mount outlives a parent that is killed', async () => {
  const marker = `NAMESPACES_TEST=${path.basename(folder)}`;
  const script = `mount -t tmpfs tmpfs ${folder} && touch ${folder}/inside && echo mounted && sleep 600 & wait`;
  const command = JSON.stringify(inOwnNamespaces(['sh', '-c', script]));
  const parent = path.join(folder, 'parent.mjs');
  await writeFile(
    parent,
    `import { spawn } from 'node:child_process';
const [command, ...words] = ${command};
spawn(command, words, { stdio: 'inherit' });`,
  );
  const [name = '', value = ''] = marker.split('=');
  const child = spawn(process.execPath, [parent], {
    env: { PATH: process.env.PATH, [name]: value },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  expect((await processesWith(marker)).length).toBeGreaterThan(2);
  expect(await readdir(folder)).toEqual(['parent.mjs']);

  child.kill('SIGKILL');
  await once(child, 'close');
  for (let i = 0; i < 100 && (await processesWith(marker)).length > 0; i += 1) await setTimeout(50);
  expect(await processesWith(marker)).toEqual([]);
});
