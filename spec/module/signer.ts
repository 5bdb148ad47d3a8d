import path from 'node:path';
import { execa } from 'execa';
import fs from 'fs-extra';

/** A GPG key that signs packages or repositories. */
export interface Signer {
  readonly home: string;
  /** File with the public key. */
  readonly key: string;
}

/** Creates a key in a keyring of its own. */
export async function makeSigner(folder: string, name: string): Promise<Signer> {
  // The paths of gpg-agent's sockets have to be short.
  await fs.ensureDir(folder, { mode: 0o700 });
  const gpg = (...args: string[]) => execa('gpg', ['--homedir', folder, '--batch', ...args]);
  const identity = `${name} <${name}@packages.example.com>`;
  await gpg('--passphrase', '', '--quick-generate-key', identity, 'rsa2048', 'sign', 'never');
  const { stdout } = await gpg('--armor', '--export');
  const key = path.join(folder, 'public.asc');
  await fs.writeFile(key, `${stdout}\n`);
  return { home: folder, key };
}

/** Writes a clear-signed copy of a text. */
export async function clearsign({ home }: Signer, from: string, to: string): Promise<void> {
  await execa('gpg', ['--homedir', home, '--batch', '--output', to, '--clearsign', from]);
}

/** Stops the gpg-agent that was started by signing. */
export async function dismiss({ home }: Signer): Promise<void> {
  await execa('gpgconf', ['--homedir', home, '--kill', 'all']);
}
