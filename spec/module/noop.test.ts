import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fs from 'fs-extra';
import { writeVariant } from '../../generator/fixtures/prepare.ts';
import { variant } from '../../generator/fixtures/variants.ts';
import { bundleExec } from '../../lab/gems.ts';

/** A host that looks as if systemd ran it and that Puppet has never configured, in a mount namespace. */
const FRESH_HOST = `
mount -t tmpfs tmpfs /run
mkdir -p /run/systemd/system
mount -t tmpfs tmpfs /etc/systemd
mount -t tmpfs tmpfs /usr/local
exec "$@"
`;

/** Settings with folders that Puppet creates. The parents of their defaults may be missing on this machine. */
const FOLDERS = ['confdir', 'codedir', 'vardir', 'publicdir', 'logdir', 'rundir'];

let home: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'noop-'));
  await fs.outputFile(path.join(home, 'fresh-host'), FRESH_HOST);
  await writeVariant(variant('as published'), home);
});
afterAll(() => rm(home, { recursive: true, force: true }));

test('a first run with --noop on a fresh host reports changes and no failure', async () => {
  const { exitCode, all } = await bundleExec(
    [
      ...['unshare', '--mount', 'sh', '-e', path.join(home, 'fresh-host')],
      ...['puppet', 'apply', '--noop', '--detailed-exitcodes', '--color=false'],
      ...FOLDERS.flatMap((setting) => [`--${setting}`, path.join(home, setting)]),
      ...['--modulepath', path.join(home, 'modules')],
      ...[
        '--execute',
        "class { 'clone_army': master => 'puppet.example.com', num_clones => 2, purge_clones => true }",
      ],
    ],
    { all: true, reject: false },
  );
  const lines = all.split('\n');
  expect(lines.filter((line) => line.startsWith('Error'))).toEqual([]);
  expect(exitCode).toBe(0);
  for (const exec of [
    'raise kernel limits',
    'build base image \\S+',
    'reload the fleet',
    'purge clones that left the fleet',
  ]) {
    expect(all).toMatch(new RegExp(`Exec\\[${exec}\\].*\\(noop\\)`));
  }
});
