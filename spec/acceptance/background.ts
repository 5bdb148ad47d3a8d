import fs from 'fs-extra';
import { GIVE_WAY } from '../check/nice.ts';
import { host, sh } from './support.ts';

/**
 * Starts a script on the host that prepares a later test file, and gives way to tests in the foreground. It runs as a
 * unit, because each test file is a program of its own.
 *
 * @param after - Unit that has to finish first, so that only one runs at a time
 */
export async function startInBackground(unit: string, script: string, after?: string): Promise<void> {
  const file = `/root/background/${unit}.sh`;
  await fs.outputFile(host.file(file), `set -eu\n${GIVE_WAY}\n${script}\n`);
  const properties = [
    'Type=oneshot',
    'RemainAfterExit=yes',
    'Nice=10',
    ...(after ? [`After=${after}.service`] : []),
  ];
  const flags = properties.map((property) => `--property=${property}`).join(' ');
  await sh(`systemd-run --quiet --no-block --unit=${unit} ${flags} /bin/sh ${file}`);
}

/** Waits until the unit has finished. Throws with its output if it failed. */
export async function finished(unit: string): Promise<void> {
  await sh(`systemctl start ${unit} || { journalctl --no-pager --lines=50 --unit=${unit} >&2; exit 1; }`);
}
