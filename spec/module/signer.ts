import path from 'node:path';
import { execa } from 'execa';
import fs from 'fs-extra';

/** Somebody who signs packages or repositories. */
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

/** Writes a copy of a text with the signature in it. */
export async function clearsign({ home }: Signer, from: string, to: string): Promise<void> {
  await execa('gpg', ['--homedir', home, '--batch', '--output', to, '--clearsign', from]);
}

/** Ends the agent that signing has started. */
export async function dismiss({ home }: Signer): Promise<void> {
  await execa('gpgconf', ['--homedir', home, '--kill', 'all']);
}
