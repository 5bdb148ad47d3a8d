import type { Host } from '../contract/host.ts';
import { type CloneWithUnits, readProperties, type Unit } from '../systemd/clone-units.ts';
import { type Problems, problemsFor } from './transition.ts';

/** Finds problems that would prevent the start of clones. Returns them by clone. */
export async function startObstacles(host: Host, clones: readonly CloneWithUnits[]): Promise<Problems> {
  const properties = await readProperties(host, clones.map(serviceName), ['LoadState']);
  return problemsFor(clones, (clone) => obstacle(host, clone, properties.get(serviceName(clone))?.LoadState));
}

/**
 * Explains by clone why clones are not running after a request to start or restart them.
 *
 * @param refusals - reasons for refused jobs, by unit
 */
export async function explainStart(
  host: Host,
  clones: readonly CloneWithUnits[],
  refusals: Problems,
): Promise<Problems> {
  const properties = await readProperties(host, clones.map(serviceName), ['LoadState', 'Result']);
  return problemsFor(clones, (clone) => {
    const { service, mount } = clone;
    const { LoadState, Result } = properties.get(service.name) ?? {};
    const refusal = refusals.get(service.name) ?? refusals.get(mount.name);
    return (
      obstacle(host, clone, LoadState) ??
      (mount.active === 'failed' && service.active !== 'failed'
        ? `its root was not mounted: see journalctl -u '${mount.name}'`
        : `${refusal ?? whyFailed(service, Result)}: see journalctl -u ${service.name}`)
    );
  });
}

function serviceName({ service }: CloneWithUnits): string {
  return service.name;
}

function obstacle(
  { names }: Host,
  { service }: CloneWithUnits,
  load: string | undefined,
): string | undefined {
  if (load === 'masked') return `masked: run systemctl unmask ${service.name}`;
  if (load === 'not-found') return `unit ${service.name} does not exist: apply class ${names.module} again`;
  return undefined;
}

function whyFailed({ active }: Unit, result: string | undefined): string {
  return active === 'failed' ? `failed (${result})` : `${active} after a start request`;
}
