import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/**
 * Bundles the script and the style of load-test reports, for browsers. The values are for esbuild's `define`: a task that
 * renders reports then contains both as text. Empty if the checkout has no such page.
 *
 * @param root - Root of the checkout
 */
export async function reportPage(root: string): Promise<{ LOAD_REPORT_PAGE?: string }> {
  const folder = join(root, 'load/report/page');
  if (!existsSync(folder)) return {};
  const { outputFiles } = await build({
    entryPoints: { script: join(folder, 'main.ts'), style: join(folder, 'style.css') },
    absWorkingDir: root,
    outdir: folder,
    bundle: true,
    write: false,
    minify: true,
    platform: 'browser',
    format: 'iife',
    target: 'es2020',
    charset: 'utf8',
    legalComments: 'inline',
    tsconfigRaw: {},
    logLevel: 'silent',
  });
  const textOf = (name: string) => outputFiles.find(({ path }) => path.endsWith(name))?.text;
  return { LOAD_REPORT_PAGE: JSON.stringify({ script: textOf('script.js'), style: textOf('style.css') }) };
}
