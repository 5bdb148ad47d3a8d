import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { REPO } from '../../lab/paths.ts';
import type { Results } from '../figures.ts';

/** What a test of `npm run truth` has found. */
export interface Row {
  readonly test: string;
  /** What has to be true. */
  readonly must: string;
  /** The figures that were found. */
  readonly found: readonly string[];
  readonly passed: boolean;
  /** Duration of the test. */
  readonly seconds: number;
  /** Day, in ISO 8601. */
  readonly date: string;
  readonly machine: Results['machine'];
}

/** The rows of all tests. */
export interface TruthTable {
  readonly rows: readonly Row[];
}

/** Reads the published table. */
export async function readTruth(): Promise<TruthTable> {
  return JSON.parse(await readFile(path.join(REPO, 'bench/truth.json'), 'utf8'));
}
