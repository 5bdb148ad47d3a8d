import type { PuppetdbSample, ServerSample } from '../../model/load/sample.ts';
import { type Endpoint, getPage } from '../../tasks/lib/systemd/get-page.ts';
import { puppetdbFigures } from './puppetdb-sample.ts';
import { serverFigures } from './server-sample.ts';
import { STATUS_LIMITS } from './status-limits.ts';

type Address = Omit<Endpoint, 'path' | keyof typeof STATUS_LIMITS>;

/** Asks a Puppet server for its state. A server that does not answer is a finding, so this never fails. */
export async function askServer(address: Address, now: () => number): Promise<ServerSample> {
  const at = now();
  const sample = (rest: object): ServerSample => ({ kind: 'server', at, took: now() - at, ...rest });
  try {
    const { status, body } = await getPage({
      ...address,
      ...STATUS_LIMITS,
      path: '/status/v1/services?level=debug',
    });
    // 503 if a service is not running. The answer then has the figures, too.
    if (status !== 200 && status !== 503) return sample({ error: `the status API answered ${status}` });
    return sample(serverFigures(body));
  } catch (error) {
    return sample({ error: (error as Error).message });
  }
}

/**
 * Creates a function that asks PuppetDB for its state. As long as nobody has ever answered at that address, there is none.
 */
export function puppetdbAsker(address: Address, now: () => number): () => Promise<PuppetdbSample | null> {
  let exists = false;
  return async () => {
    const at = now();
    try {
      const { body } = await getPage({
        ...address,
        ...STATUS_LIMITS,
        path: '/status/v1/services/puppetdb-status',
      });
      const figures = puppetdbFigures(body);
      exists = true;
      return { kind: 'puppetdb', at, ...figures };
    } catch (error) {
      return exists ? { kind: 'puppetdb', at, error: (error as Error).message } : null;
    }
  };
}
