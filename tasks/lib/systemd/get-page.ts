import * as https from 'node:https';

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
  /** Milliseconds to wait for an answer. */
  readonly patience: number;
  /** Maximum size of an answer. */
  readonly bytesMax: number;
}

/**
 * Gets a page by HTTPS.
 *
 * @throws Error if the server does not answer in time
 */
export function getPage({ agent, patience, bytesMax, ...address }: Endpoint): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const options = { ...address, agent: agent ?? false, rejectUnauthorized: address.ca !== undefined };
    const request = https.get(options, (response) => {
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        length += chunk.length;
        if (length > bytesMax) fail(new Error(`the answer has more than ${bytesMax} bytes`));
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
    const timer = setTimeout(() => fail(new Error(`no answer within ${patience / 1000} s`)), patience);
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
