import { throwProblems } from '../../validation/problem.ts';
import type { EmittedFile } from '../emit/file.ts';
import { applyPlan } from './apply.ts';
import { diffOf } from './diff.ts';
import { type Action, type Plan, planWrite } from './plan.ts';

/** Paths, grouped by what happened to them. */
export type Summary = Readonly<Record<Action, readonly string[]>>;

/** The folder that files are written to. */
export interface Target {
  /** Absolute path of the folder, which need not exist. */
  readonly out: string;
  /** The folder's path in messages. */
  readonly displayPath: string;
}

/**
 * Writes exactly these files to the output folder: creates and changes files, and removes generated files that are no
 * longer part of the module. Other files in the folder stay untouched.
 *
 * @param dryRun - Only report what would happen
 * @throws ProblemsError, before anything is written, if an edited file or a file of somebody else would be changed
 */
export async function writeFiles(
  { out, displayPath }: Target,
  files: readonly EmittedFile[],
  dryRun = false,
): Promise<Summary> {
  const plan = await planWrite(out, displayPath, files);
  throwProblems([...plan.conflicts, ...plan.edited]);
  if (!dryRun) await applyPlan(plan);
  return summarize(plan);
}

/**
 * Compares the output folder with these files and writes nothing.
 *
 * @returns What a run would change, as a summary and as a unified diff
 * @throws ProblemsError if anything at a file's path prevents writing it. An edited file is reported as changed instead
 */
export async function checkFiles(
  { out, displayPath }: Target,
  files: readonly EmittedFile[],
): Promise<{ summary: Summary; diff: string }> {
  const plan = await planWrite(out, displayPath, files);
  throwProblems(plan.conflicts);
  return { summary: summarize(plan), diff: diffOf(plan.changes) };
}

function summarize({ changes }: Plan): Summary {
  const pathsOf = (action: Action) =>
    changes.filter((change) => change.action === action).map(({ path }) => path);
  return {
    created: pathsOf('created'),
    changed: pathsOf('changed'),
    removed: pathsOf('removed'),
    unchanged: pathsOf('unchanged'),
  };
}
