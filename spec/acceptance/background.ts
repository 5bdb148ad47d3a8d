import fs from 'fs-extra';
import { host, sh } from './support.ts';

/** As in spec/check/nice.ts: tests in the foreground come first. */
const GIVE_WAY = '{ echo 10 > /proc/self/autogroup; } 2> /dev/null || true';

/**
 * Starts a script on the host that prepares a later test file. It runs as a unit, because each test file is a program of
 * its own.
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
