import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { pack } from 'tar-stream';
import { bytesOf, type EmittedFile } from '../emit/file.ts';
import { compareText, ProblemsError, throwProblems } from '../problem.ts';
import { foldersOf } from './path.ts';

/** What the Forge takes. */
const MAX_BYTES = 10 * 1024 * 1024;

/** What a published module holds; all else is for those who work on it. */
const CONTENT = new Set([
  ...['CHANGELOG.md', 'LICENSE', 'README.md', 'REFERENCE.md', 'metadata.json', 'hiera.yaml'],
  ...['data', 'docs', 'examples', 'facts.d', 'files', 'functions', 'lib', 'locales'],
  ...['manifests', 'plans', 'scripts', 'tasks', 'templates', 'types'],
]);

/** Some time, always the same one, and not 1970, which tar warns of. */
const MTIME = new Date('2000-01-01T00:00:00Z');

/**
 * Makes the Forge's tarball of a module: the same bytes for the same files.
 *
 * @param root - Name of the one folder in it, `<author>-<module>-<version>`
 */
export async function packModule(root: string, files: readonly EmittedFile[]): Promise<Buffer> {
  const content = files.filter(({ path }) => CONTENT.has(path.split('/')[0] ?? ''));
  const odd = content.filter(({ path }) => !/^[ -~]+$/.test(path));
  throwProblems(
    odd.map(({ path }) => ({
      file: path,
      message: 'has a name that is not ASCII',
      remedy: 'rename it: the Forge takes no others',
    })),
  );

  const tarball = await promisify(gzip)(await archive(root, content), { level: 9 });
  if (tarball.length <= MAX_BYTES) return tarball;
  const message = `has ${tarball.length} bytes; the Forge takes ${MAX_BYTES} at most`;
  throw new ProblemsError([
    { file: `${root}.tar.gz`, message, remedy: 'take large files out of the module' },
  ]);
}

function archive(root: string, files: readonly EmittedFile[]): Promise<Buffer> {
  const tar = pack();
  const common = { uid: 0, gid: 0, uname: 'root', gname: 'root', mtime: MTIME };
  const folders = new Set(files.flatMap(({ path }) => foldersOf(path)));
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
