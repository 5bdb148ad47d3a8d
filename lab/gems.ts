import path from 'node:path';
import { execa, type Options } from 'execa';
import { CACHE, REPO } from './paths.ts';

/** The project shares the module's Gemfile. It uses a copy, to keep the lock file out of the checkout. */
const GEMFILE = path.join(REPO, 'module-template/Gemfile');

/** Runs a command of the project's gems. */
export async function bundleExec<T extends Options>(words: readonly string[], options?: T) {
  return execa('bundle', ['exec', ...words], { env: await gemEnv(), ...options } as T);
}

/** Environment in which `bundle exec` finds the project's gems. */
async function gemEnv(): Promise<Record<string, string>> {
  const { stdout: ruby } = await execa('ruby', ['-e', 'print RUBY_VERSION']);
  const home = path.join(CACHE, `gems-${ruby}`);
  return {
    BUNDLE_GEMFILE: path.join(home, 'Gemfile'),
    BUNDLE_PATH: path.join(home, 'bundle'),
    BUNDLE_SILENCE_ROOT_WARNING: '1',
    // Suppresses Bolt's warning that it was not installed from a package.
    BOLT_GEM: '1',
    LANG: 'C.UTF-8',
  };
}

/** Installs missing gems. Returns false if there were none. */
export async function installGems(): Promise<boolean> {
  const env = await gemEnv();
  await execa('install', ['-D', '-m', '0644', GEMFILE, env.BUNDLE_GEMFILE as string]);
  const options = { env, cwd: path.dirname(env.BUNDLE_GEMFILE as string) };
  if (!(await execa('bundle', ['check'], { ...options, reject: false })).failed) return false;

  await execa('bundle', ['install', '--jobs=4', '--retry=3', '--quiet'], options);
  return true;
}

/** The gem source that this machine is configured for. */
export async function gemSource(): Promise<string> {
  return (await execa('ruby', ['-e', 'print Gem.sources.to_a.first.to_s'])).stdout;
}
