import { resolve } from 'node:path';
import { displayPath } from '../display-path.ts';
import { generate } from '../generate.ts';
import { writeTarball } from '../write/tarball.ts';
import type { CommonOptions, Context } from './context.ts';

/** Options of `clone-army build`. */
export interface BuildOptions extends CommonOptions {
  readonly out: string;
}

/**
 * Generates the module in memory and writes it as a tarball for the Forge.
 *
 * @throws ProblemsError if the input is invalid or the tarball cannot be written
 */
export async function buildCommand(options: BuildOptions, { layout, cwd, stdout }: Context): Promise<void> {
  const { config, metadata, json = false } = options;
  const { model, files } = await generate({ layout, cwd, config, metadata });
  const out = resolve(cwd, options.out);
  const name = `${model.metadata.name}-${model.metadata.version}`;
  const { path, bytes, sha256 } = await writeTarball(
    { out, displayPath: displayPath(cwd, out) },
    name,
    files,
  );
  stdout(
    json
      ? `${JSON.stringify({ ok: true, path, bytes, sha256 }, null, 2)}\n`
      : `${path}\n${bytes} bytes\nsha256 ${sha256}\n`,
  );
}
