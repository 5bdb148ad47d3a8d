import { resolve } from 'node:path';
import { displayPath } from '../display-path.ts';
import { generate } from '../generate.ts';
import { checkFiles, type Summary, writeFiles } from '../write/write.ts';
import type { CommonOptions, Context } from './context.ts';

/** Options of `clone-army generate`. */
export interface GenerateOptions extends CommonOptions {
  readonly out?: string;
  readonly check?: boolean;
  readonly dryRun?: boolean;
}

/**
 * Generates the module and writes it. With `check` or `dryRun`, only reports what would change.
 *
 * @returns False if `check` is set and the output folder is out of date
 * @throws ProblemsError if the input is invalid, or if writing would overwrite files of somebody else
 */
export async function generateCommand(options: GenerateOptions, context: Context): Promise<boolean> {
  const { config, metadata, check = false, dryRun = false } = options;
  const { model, files } = await generate({ layout: context.layout, cwd: context.cwd, config, metadata });
  const out = resolve(context.cwd, options.out ?? `dist/${model.names.module}`);
  const target = { out, displayPath: displayPath(context.cwd, out) };

  const { summary, diff } = check
    ? await checkFiles(target, files)
    : { summary: await writeFiles(target, files, dryRun), diff: undefined };
  const stale =
    check && [summary.created, summary.changed, summary.removed].some((paths) => paths.length > 0);

  if (options.json) {
    context.stdout(`${JSON.stringify({ ok: !stale, out: target.displayPath, ...summary, diff }, null, 2)}\n`);
  } else {
    context.stdout((diff ?? '') + summaryText(target.displayPath, summary, check || dryRun));
  }
  return !stale;
}

function summaryText(folder: string, summary: Summary, nothingWritten: boolean): string {
  const actions = ['created', 'changed', 'removed', 'unchanged'] as const;
  const counts = actions.map((action) => `${summary[action].length} ${action}`).join(', ');
  const lines = actions
    .filter((action) => action !== 'unchanged')
    .flatMap((action) => summary[action].map((path) => `  ${action.padEnd('created'.length)}  ${path}`));
  return [...lines, `${folder}: ${counts}${nothingWritten ? ' (nothing written)' : ''}`]
    .join('\n')
    .concat('\n');
}
