import path from 'node:path';
import { test } from '@jest/globals';
import fs from 'fs-extra';
import { describeMachine } from '../../bench/machine.ts';
import type { Row, TruthTable } from '../../bench/truth/rows.ts';
import { REPO } from '../../lab/paths.ts';
import { first } from './lab.ts';

/** All rows so far. To publish them, copy the file to `bench`. */
const TABLE = path.join(REPO, 'build/truth.json');

/** Declares a test that records its row of the table, whether it passes or not. */
export function truth(name: string, must: string, body: (found: (text: string) => void) => Promise<void>) {
  test(`${name}: ${must}`, async () => {
    const began = Date.now();
    const found: string[] = [];
    let passed = false;
    try {
      await body((text) => found.push(text));
      passed = true;
    } finally {
      const seconds = Math.round((Date.now() - began) / 1000);
      const date = new Date(began).toISOString().slice(0, 10);
      await save({ test: name, must, found, passed, seconds, date, machine: await describeMachine(first) });
    }
  });
}

/** Replaces the row of an earlier run. */
async function save(row: Row): Promise<void> {
  process.stdout.write(`${row.test}: ${row.found.join('; ')} (${row.seconds} s)\n`);
  const { rows = [] }: Partial<TruthTable> = await fs.readJson(TABLE, { throws: false }).then(
    (table) => table ?? {},
    () => ({}),
  );
  await fs.outputJson(
    TABLE,
    { rows: [...rows.filter(({ test: name }) => name !== row.test), row] },
    { spaces: 2 },
  );
}
