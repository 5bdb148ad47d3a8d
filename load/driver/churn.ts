import { createHash } from 'node:crypto';
import type { Arrival, TestPlan } from '../../model/load/roster.ts';

const HOUR = 3_600_000;

/**
 * Gives clones new certnames, so that the server sees nodes come and go. This host's share of the profile's churn is that
 * of its clones. Changes are due at even distances; the next arrival makes each of them.
 */
export class Churn {
  private readonly names = new Map<number, string>();
  private readonly perMillisecond: number;
  private readonly test: string;
  private changes = 0;

  constructor(private readonly plan: TestPlan) {
    const all = plan.roster.hosts.flatMap(({ groups }) => groups.map(({ clones }) => clones));
    const total = all.reduce((sum, clones) => sum + clones, 0);
    this.perMillisecond = (plan.profile.workload.churn * plan.clones.length) / total / HOUR;
    // The CA signs no second certificate for a name, so other tests must have other names.
    this.test = createHash('sha256').update(`${plan.id} ${plan.begin}`).digest('hex').slice(0, 8);
  }

  /** The certname of the clone of an arrival; undefined as long as it has its own. */
  nameFor({ at, clone }: Arrival): string | undefined {
    // The first change is due after half the distance.
    if (at * this.perMillisecond < this.changes + 0.5) return this.names.get(clone);
    this.changes += 1;
    const { name } = this.plan.roster.hosts[this.plan.host] as { name: string };
    const certname = `${this.plan.clones[clone]}-${this.test}-${this.changes}.${name}`;
    this.names.set(clone, certname);
    return certname;
  }
}
