import fs from 'fs-extra';
import type { Host } from '../../lab/host/host.ts';
import { ACCESS_LOG } from '../../lab/server/paths.ts';

/** A request in a server's access log. */
export interface Request {
  /** Milliseconds since 1970. The log has whole seconds. */
  readonly at: number;
  readonly method: string;
  /** Such as `catalog` or `report`. */
  readonly route: string;
  /** Of the node, or the first part of the path of a file. */
  readonly name: string;
  readonly status: number;
  /** Of the agent, in its User-Agent header. */
  readonly version: string;
  /** Bytes of the request's body; 0 without one. */
  readonly sent: number;
  /** Milliseconds for which the request held a JRuby. */
  readonly borrowed: number;
}

const LINE =
  /\[([^\]]+)\] "(\w+) \/puppet\/v3\/(\w+)\/([^?" ]+)[^"]*" (\d{3}) \S+ "[^"]*" "([^"]*)" \S+ (\S+) (\S+)$/;

/** Requests of agents that the server answered in a period (ms). */
export async function requestsBetween(server: Host, from: number, to: number): Promise<Request[]> {
  const log = await fs.readFile(server.file(ACCESS_LOG), 'utf8');
  return parseAccessLog(log).filter(({ at }) => at >= Math.floor(from / 1000) * 1000 && at <= to);
}

/** Reads the requests of agents in an access log. */
export function parseAccessLog(log: string): Request[] {
  return log.split('\n').flatMap((line) => {
    const [
      ,
      time = '',
      method = '',
      route = '',
      name = '',
      status = '',
      version = '',
      sent = '',
      borrowed = '',
    ] = LINE.exec(line) ?? [];
    return time === ''
      ? []
      : [
          {
            at: timeOf(time),
            method,
            route,
            name,
            status: Number(status),
            version,
            sent: Number(sent) || 0,
            borrowed: Number(borrowed) || 0,
          },
        ];
  });
}

/** `27/Nov/2026:21:40:12 +0000`, or with a fraction of the second. */
function timeOf(text: string): number {
  const [, date = '', time = '', zone = ''] =
    /^(\d+\/\w+\/\d+):(\d\d:\d\d:\d\d)\S* ([+-]\d{4})$/.exec(text) ?? [];
  return Date.parse(`${date.replaceAll('/', ' ')} ${time} ${zone}`);
}
