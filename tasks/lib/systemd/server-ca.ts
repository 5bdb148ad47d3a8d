import { getPage } from './get-page.ts';

/** A status does not wait longer for a server that is down. A certificate has some 2 kB. */
const LIMITS = { patience: 2000, bytesMax: 1024 * 1024 } as const;

const PATH = '/puppet-ca/v1/certificate/ca';

/**
 * CA certificates of a Puppet server, in PEM format; null if it does not answer with any. Agents get them in the same way
 * before they trust anybody, so the server's own certificate is not verified.
 *
 * @param port - the port that agents use; another one in tests
 */
export async function serverCa(server: string, port = 8140): Promise<string | null> {
  try {
    const { body } = await getPage({ host: server, port, path: PATH, ...LIMITS });
    return body.includes('-----BEGIN CERTIFICATE-----') ? body : null;
  } catch {
    return null;
  }
}
