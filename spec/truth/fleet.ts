import { applyCode, runTask } from '../../lab/bolt.ts';
import type { Host } from '../../lab/host/host.ts';
import { clonesOf, declaration } from './lab.ts';

/**
 * Gives a host its fleet, starts all clones and runs each agent once: with certificates and plugins, later runs differ
 * only in load.
 *
 * @param more - Parameters of base images in Puppet syntax, by their names
 * @param rest - More parameters of the class in Puppet syntax
 */
export async function bringUpFleet(
  host: Host,
  count?: number,
  more?: Readonly<Record<string, string>>,
  rest?: readonly string[],
): Promise<void> {
  const applied = await applyCode(host, declaration(host, count, more, rest));
  if (applied.status !== 'success') throw new Error(`${host.target}: ${JSON.stringify(applied.value)}`);
  await successful(host, 'start');
  const { totals } = await successful(host, 'run');
  const clones = clonesOf(host, count).size;
  if (totals.clones !== clones || totals.failed > 0) {
    throw new Error(`${host.target}: not all ${clones} agents ran: ${JSON.stringify(totals)}`);
  }
}

/** Runs a task of the module, which has to succeed. */
export async function successful(host: Host, task: string, more: Readonly<Record<string, unknown>> = {}) {
  const { status, value } = await runTask(host, `clone_army::${task}`, { timeout: 1800, ...more });
  if (status === 'success') return value;
  throw new Error(`${task} on ${host.target}: ${value._error?.msg}`);
}
