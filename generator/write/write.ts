import type { EmittedFile } from '../emit/file.ts';
import { throwProblems } from '../problem.ts';
import { applyPlan } from './apply.ts';
import { diffOf } from './diff.ts';
import { type Action, type Plan, planWrite } from './plan.ts';

/** Paths by what happened to them. */
export type Summary = Readonly<Record<Action, readonly string[]>>;

/** Where files go. */
export interface Target {
  /** Full path of the output folder, which need not exist. */
  readonly out: string;
  /** How messages call it. */
  readonly shown: string;
}

/**
 * Makes the output folder hold exactly these files, next to whatever else lies in it.
 *
 * @param dryRun - Only say what would happen
 * @throws ProblemsError, with nothing written, if a file of somebody else's would be touched
 */
export async function writeFiles(
  { out, shown }: Target,
  files: readonly EmittedFile[],
  dryRun = false,
): Promise<Summary> {
  const plan = await planWrite(out, shown, files);
  throwProblems([...plan.refused, ...plan.edited]);
  if (!dryRun) await applyPlan(plan);
  return summarize(plan);
}

/**
 * Says whether the output folder holds exactly these files, and what would change.
 *
 * @throws ProblemsError, if something is in the way of a file; one that was edited is merely stale
 */
export async function checkFiles(
  { out, shown }: Target,
  files: readonly EmittedFile[],
): Promise<{ summary: Summary; diff: string }> {
  const plan = await planWrite(out, shown, files);
  throwProblems(plan.refused);
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
