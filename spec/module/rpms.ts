import path from 'node:path';
import { execa } from 'execa';
import fs from 'fs-extra';

/** A package to build, with one file in it. */
export interface Rpm {
  readonly name: string;
  readonly file?: string;
  /** What is in the file. */
  readonly content?: string;
  /** Lua that runs when the package is installed. */
  readonly script?: string;
}

/** Somebody who signs packages. */
export interface Signer {
  readonly home: string;
  /** The public key, in a file. */
  readonly key: string;
}

/** Makes a key that has nothing to do with any other on this machine. */
export async function makeSigner(folder: string, name: string): Promise<Signer> {
  // The sockets of gpg-agent have to have short paths.
  await fs.ensureDir(folder, { mode: 0o700 });
  const gpg = (...args: string[]) => execa('gpg', ['--homedir', folder, '--batch', ...args]);
  const identity = `${name} <${name}@packages.example.com>`;
  await gpg('--passphrase', '', '--quick-generate-key', identity, 'rsa2048', 'sign', 'never');
  const { stdout } = await gpg('--armor', '--export');
  const key = path.join(folder, 'public.asc');
  await fs.writeFile(key, `${stdout}\n`);
  return { home: folder, key };
}

/** Ends the agent that signing has started. */
export async function dismiss({ home }: Signer): Promise<void> {
  await execa('gpgconf', ['--homedir', home, '--kill', 'all']);
}

/**
 * Builds packages, signs them and makes a repository of them.
 *
 * @param signer - Nobody signs, if left out
 */
export async function makeRepository(folder: string, rpms: readonly Rpm[], signer?: Signer): Promise<void> {
  const top = path.join(folder, 'build');
  const repository = path.join(folder, 'repository');
  await fs.ensureDir(repository);
  const specs: string[] = [];
  for (const rpm of rpms) {
    const spec = path.join(top, `${rpm.name}.spec`);
    await fs.outputFile(spec, specOf(rpm));
    specs.push(spec);
  }
  const folders = ['--define', `_topdir ${top}`, '--define', `_rpmdir ${repository}`];
  await execa('rpmbuild', ['--quiet', ...folders, '-bb', ...specs]);
  if (signer) {
    const files = (await fs.readdir(path.join(repository, 'noarch'))).map((file) =>
      path.join(repository, 'noarch', file),
    );
    const macros = [`_gpg_path ${signer.home}`, '_gpg_name packages.example.com', '__gpg /usr/bin/gpg'];
    const by = macros.flatMap((macro) => ['--define', macro]);
    await execa('rpmsign', [...by, '--addsign', ...files]);
  }
  await execa('createrepo_c', ['--quiet', repository]);
}

function specOf({ name, file = `/usr/share/doc/${name}/README`, content = name, script }: Rpm): string {
  return `Name: ${name}
Version: 1
Release: 1
Summary: Stand-in
License: Apache-2.0
BuildArch: noarch
%description
Stand-in
%install
install -d "%{buildroot}${path.dirname(file)}"
cat > "%{buildroot}${file}" << "END OF FILE"
${content}
END OF FILE
${script === undefined ? '' : `%post -p <lua>\n${script}\n`}%files
"${file}"
`;
}
