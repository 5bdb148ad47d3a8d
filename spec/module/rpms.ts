import path from 'node:path';
import { execa } from 'execa';
import fs from 'fs-extra';
import type { Signer } from './signer.ts';

/**
 * Standard input of commands that run bash, as RPM does: with a socket, which execa provides by default, bash reads
 * root's .bashrc.
 */
export const NO_INPUT = { stdin: 'ignore' } as const;

/** An RPM package to build. */
export interface Rpm {
  readonly name: string;
  readonly version?: string;
  /** File contents by path. A file that starts with `#!` is executable. Default: a README. */
  readonly files?: Readonly<Record<string, string>>;
  /** Lua code that runs when the package is installed. */
  readonly script?: string;
}

/**
 * Builds packages, signs them and creates a repository.
 *
 * @param signer - Without one, the packages are unsigned
 */
export async function makeRepository(folder: string, rpms: readonly Rpm[], signer?: Signer): Promise<void> {
  const top = path.join(folder, 'build');
  const repository = path.join(folder, 'repository');
  await fs.ensureDir(repository);
  const specs: string[] = [];
  for (const rpm of rpms) {
    const spec = path.join(top, `${rpm.name}-${rpm.version}.spec`);
    await fs.outputFile(spec, specOf(rpm));
    specs.push(spec);
  }
  const folders = ['--define', `_topdir ${top}`, '--define', `_rpmdir ${repository}`];
  await execa('rpmbuild', ['--quiet', ...folders, '-bb', ...specs], NO_INPUT);
  if (signer) {
    const files = (await fs.readdir(path.join(repository, 'noarch'))).map((file) =>
      path.join(repository, 'noarch', file),
    );
    const macros = [`_gpg_path ${signer.home}`, '_gpg_name packages.example.com', '__gpg /usr/bin/gpg'];
    const by = macros.flatMap((macro) => ['--define', macro]);
    await execa('rpmsign', [...by, '--addsign', ...files], NO_INPUT);
  }
  await execa('createrepo_c', ['--quiet', repository], NO_INPUT);
}

function specOf({
  name,
  version = '1',
  files = { [`/usr/share/doc/${name}/README`]: name },
  script,
}: Rpm): string {
  const paths = Object.keys(files);
  const install = Object.entries(files).map(
    ([file, content]) => `install -d "%{buildroot}${path.dirname(file)}"
cat > "%{buildroot}${file}" << "END OF FILE"
${content.replace(/%/g, '%%')}
END OF FILE`,
  );
  const listed = paths.map(
    (file) => `${files[file]?.startsWith('#!') ? '%attr(0755, root, root) ' : ''}"${file}"`,
  );
  return `Name: ${name}
Version: ${version}
Release: 1
Summary: Stand-in
License: Apache-2.0
BuildArch: noarch
%description
Stand-in
%install
${install.join('\n')}
${script === undefined ? '' : `%post -p <lua>\n${script}\n`}%files
${listed.join('\n')}
`;
}
