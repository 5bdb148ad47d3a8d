import { execa } from 'execa';
import { LabError } from '../errors.ts';

/** Debian and Ubuntu packages that the project's scripts need, by purpose. */
const PACKAGES = {
  ruby: ['ruby', 'ruby-dev', 'ruby-bundler', 'build-essential', 'libffi-dev', 'libyaml-dev', 'zlib1g-dev'],
  lab: [
    'systemd-container',
    'mmdebstrap',
    'openssh-client',
    'iproute2',
    'procps',
    'util-linux',
    'debian-archive-keyring',
  ],
  checks: ['shellcheck', 'openssl', 'python3'],
  // Load-test reports are opened in it. Debian's; Ubuntu has none outside of snaps.
  browser: ['chromium', 'fonts-dejavu-core'],
  // Images of the Red Hat family, and the packages and repositories that they are tested with.
  rpm: ['dnf', 'rpm', 'createrepo-c', 'gnupg'],
  // Test doubles of vendors' repositories and servers.
  vendors: ['ca-certificates', 'curl', 'dpkg-dev', 'gnupg', 'openssl'],
} as const;

export type PackageSet = keyof typeof PACKAGES;

/** Installs missing packages from the machine's own sources. Returns false if none is missing. */
export async function installPackages(
  sets: readonly PackageSet[],
  progress: (line: string) => void,
): Promise<boolean> {
  const wanted = sets.flatMap((set) => [...PACKAGES[set]]);
  const installed = await installedOf(wanted);
  const missing = wanted.filter((name) => !installed.has(name));
  if (missing.length === 0) return false;

  if (process.getuid?.() !== 0) {
    throw new LabError(
      `packages are missing: ${missing.join(' ')}`,
      'install them, or run this command as root to have them installed',
    );
  }
  progress(missing.join(' '));
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await execa('apt-get', ['-qq', 'update'], { env });
  await execa('apt-get', ['-qq', '-y', '--no-install-recommends', 'install', ...missing], { env });
  return true;
}

async function installedOf(packages: readonly string[]): Promise<Set<string>> {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query expands these
  const format = '-f=${Package} ${db:Status-Status}\n';
  // Fails if a package is unknown, but lists the others.
  const { stdout } = await execa('dpkg-query', ['-W', format, ...packages], { reject: false });
  const lines = stdout.split('\n').filter((line) => line.endsWith(' installed'));
  return new Set(lines.map((line) => line.split(' ')[0] as string));
}
