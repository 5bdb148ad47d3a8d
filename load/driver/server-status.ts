import * as https from 'node:https';

/** Milliseconds to wait for an answer. */
const PATIENCE = 4000;

/** Maximum size of an answer. That of a server with all figures has 10 to 100 kB. */
const BYTES_MAX = 4 * 1024 * 1024;

/** An answer of a server. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
  /** Value of the header `Date`, in milliseconds since 1970; null if there is none. */
  readonly date: number | null;
}

/** How to reach a server. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  /** CA certificates to verify the server with, in PEM format. Without them, it is not verified. */
  readonly ca?: string;
  /** Certificate and key to show to the server. */
  readonly cert?: string;
  readonly key?: string;
  readonly agent?: https.Agent;
}

/**
 * Gets a page by HTTPS.
 *
 * @throws Error if the server does not answer in time
 */
export function getPage({ agent, ...address }: Endpoint): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const options = { ...address, agent: agent ?? false, rejectUnauthorized: address.ca !== undefined };
    const request = https.get(options, (response) => {
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        length += chunk.length;
        if (length > BYTES_MAX) fail(new Error(`the answer has more than ${BYTES_MAX} bytes`));
      });
      response.on('error', fail);
      response.on('close', () => fail(new Error('the server closed the connection')));
      response.on('end', () => {
        isOver = true;
        clearTimeout(timer);
        const date = Date.parse(response.headers.date ?? '');
        const body = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode ?? 0, body, date: Number.isNaN(date) ? null : date });
      });
    });
    const timer = setTimeout(() => fail(new Error(`no answer within ${PATIENCE / 1000} s`)), PATIENCE);
    let isOver = false;
    const fail = (error: Error) => {
      // The connection of an answer that is complete belongs to the agent again.
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      reject(error);
      request.destroy();
    };
    request.on('error', fail);
  });
}
