import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { pack } from 'tar-stream';
import { compareText, ProblemsError, throwProblems } from '../../validation/problem.ts';
import { bytesOf, type EmittedFile } from '../emit/file.ts';
import { parentFoldersOf } from './output-path.ts';

/** Size limit of the Forge. */
const MAX_BYTES = 10 * 1024 * 1024;

/** Top-level files and folders of a published module. Everything else is for development. */
const CONTENT = new Set([
  ...['CHANGELOG.md', 'LICENSE', 'README.md', 'REFERENCE.md', 'metadata.json', 'hiera.yaml'],
  ...['data', 'docs', 'examples', 'facts.d', 'files', 'functions', 'lib', 'locales'],
  ...['manifests', 'plans', 'scripts', 'tasks', 'templates', 'types'],
]);

/** Fixed, so that the tarball is reproducible. Not 1970, because tar warns about implausibly old time stamps. */
const MTIME = new Date('2000-01-01T00:00:00Z');

/**
 * Packs a module as a tarball for the Forge. The same files always give the same bytes.
 *
 * @param root - Name of the tarball's top-level folder, `<author>-<module>-<version>`
 * @throws ProblemsError if a path is not ASCII, or if the tarball is too large for the Forge
 */
export async function packModule(root: string, files: readonly EmittedFile[]): Promise<Buffer> {
  const content = files.filter(({ path }) => CONTENT.has(path.split('/')[0] ?? ''));
  const nonAscii = content.filter(({ path }) => !/^[ -~]+$/.test(path));
  throwProblems(
    nonAscii.map(({ path }) => ({
      file: path,
      message: 'has characters in its path that are not ASCII',
      remedy: 'rename it: the Forge accepts only ASCII paths',
    })),
  );

  const tarball = await promisify(gzip)(await archive(root, content), { level: 9 });
  if (tarball.length <= MAX_BYTES) return tarball;
  const message = `has ${tarball.length} bytes; the Forge accepts at most ${MAX_BYTES}`;
  throw new ProblemsError([
    { file: `${root}.tar.gz`, message, remedy: 'remove large files from the module' },
  ]);
}

function archive(root: string, files: readonly EmittedFile[]): Promise<Buffer> {
  const tar = pack();
  const common = { uid: 0, gid: 0, uname: 'root', gname: 'root', mtime: MTIME };
  const folders = new Set(files.flatMap(({ path }) => parentFoldersOf(path)));
  const entries = [...files, ...[...folders].map((path) => ({ path }))].sort((a, b) =>
    compareText(a.path, b.path),
  );

  tar.entry({ ...common, name: `${root}/`, type: 'directory', mode: 0o755 });
  for (const entry of entries) {
    const name = `${root}/${entry.path}`;
    if ('content' in entry) tar.entry({ ...common, name, mode: entry.mode }, bytesOf(entry));
    else tar.entry({ ...common, name: `${name}/`, type: 'directory', mode: 0o755 });
  }
  tar.finalize();
  return buffer(tar);
}
