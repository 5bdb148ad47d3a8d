import * as https from 'node:https';

/** Time to wait for the server, in ms. A status does not wait longer for a server that is down. */
const PATIENCE_MS = 2000;

/** Maximum size of an answer. A certificate has some 2 kB. */
const BYTES_MAX = 1024 * 1024;

const PATH = '/puppet-ca/v1/certificate/ca';

/**
 * CA certificates of a Puppet server, in PEM format; null if it does not answer with any. Agents get them in the same way
 * before they trust anybody, so the server's own certificate is not verified.
 *
 * @param port - the port that agents use; another one in tests
 */
export function serverCa(server: string, port = 8140): Promise<string | null> {
  return new Promise((resolve) => {
    const request = https.get(
      { host: server, port, path: PATH, rejectUnauthorized: false, agent: false },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => {
          text += part;
          if (text.length > BYTES_MAX) request.destroy();
        });
        response.on('close', () => finish(null));
        response.on('end', () => finish(text.includes('-----BEGIN CERTIFICATE-----') ? text : null));
      },
    );
    const timer = setTimeout(() => finish(null), PATIENCE_MS);
    const finish = (text: string | null) => {
      clearTimeout(timer);
      request.destroy();
      resolve(text);
    };
    request.on('error', () => finish(null));
  });
}
