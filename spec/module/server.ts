import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import fs from 'fs-extra';
import type { Certificate } from './tls.ts';

/** Options for a server that otherwise serves the files of a folder to everybody. */
export interface ServerOptions {
  readonly tls?: Certificate;
  /** Called for each request. Returns true if it has answered. */
  readonly intercept?: (path: string, authorization: string | undefined, response: ServerResponse) => boolean;
}

/** A server on this machine's loopback. */
export interface Server {
  readonly port: number;
  stop(): Promise<void>;
}

/** Serves the files of a folder. */
export async function serve(
  folder: string,
  { tls, intercept = () => false }: ServerOptions = {},
): Promise<Server> {
  const answer: RequestListener = (request, response) => {
    const name = decodeURIComponent(new URL(request.url ?? '/', 'http://server').pathname);
    if (intercept(name, request.headers.authorization, response)) return;
    const file = path.join(folder, name);
    if (fs.statSync(file, { throwIfNoEntry: false })?.isFile()) response.end(fs.readFileSync(file));
    else response.writeHead(404).end();
  };
  const server = tls ? createHttpsServer(tls, answer) : createHttpServer(answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** Password protection of a vendor's repository, with a record of the requests. */
export interface Door {
  readonly intercept: NonNullable<ServerOptions['intercept']>;
  /** Number of requests with the right credentials. */
  opened: number;
  /** Command lines that contained the password during those requests. */
  readonly leaks: string[];
}

/** Requires credentials for everything except the folder `public`, like the vendor of Puppet Core. */
export function lock(username: string, password: string): Door {
  const wanted = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const door: Door = {
    opened: 0,
    leaks: [],
    intercept(name, authorization, response) {
      if (name.startsWith('/public/')) return false;
      if (authorization !== wanted) {
        response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="vendor"' }).end();
        return true;
      }
      door.opened += 1;
      door.leaks.push(...commandLines().filter((line) => line.includes(password)));
      return false;
    },
  };
  return door;
}

/** Command lines of all processes on this machine. */
function commandLines(): string[] {
  const processes = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return processes.map((pid) => {
    try {
      return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    } catch {
      // The process has ended in the meantime.
      return '';
    }
  });
}
