import { boltOn } from '../../lab/bolt.ts';
import type { Host } from '../../lab/host/host.ts';

/** Parameters of a plan. */
export type Parameters = Readonly<Record<string, string | number | boolean>>;

/** Runs a plan of the module on hosts. */
export async function runPlan(
  hosts: readonly Host[],
  plan: string,
  parameters: Parameters,
): Promise<{ exitCode: number; output: string }> {
  const words = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  const { exitCode, all } = await boltOn(hosts, ['plan', 'run', `clone_army::${plan}`, ...words], {
    reject: false,
    all: true,
  });
  return { exitCode: exitCode ?? 1, output: String(all) };
}
