import type { ObjectiveResult, Verdict } from '../../../model/load/result.ts';
import { firstFew } from '../../../tasks/lib/answer/report.ts';
import { counted } from '../../report/format.ts';
import type { Evidence } from './evidence.ts';
import { type LoadHostFinding, loadHostFindings } from './load-host.ts';
import { networkFindings } from './network.ts';
import { puppetdbFindings } from './puppetdb.ts';
import { noAnswer, serverFindings } from './server.ts';
import { warningsOf } from './warnings.ts';

/** Bottlenecks other than the load hosts. */
const NAMES = { server: 'The server', puppetdb: 'PuppetDB', network: 'The network' } as const;

/**
 * Decides which part was saturated, and whether the test passed.
 *
 * The load hosts come first: a result that they limited is refused, because it says nothing about the server.
 *
 * @param allowed - whether a result stands although the load hosts were the bottleneck
 */
export function verdictOf(evidence: Evidence, allowed: boolean): Verdict {
  const findings = {
    server: serverFindings(evidence),
    puppetdb: puppetdbFindings(evidence),
    network: networkFindings(evidence),
  };
  const ofHosts = loadHostFindings(evidence);
  const bottleneck = bottleneckOf(findings, ofHosts.length > 0);
  const refused = ofHosts.length > 0 && !allowed;
  const hasEnded = evidence.hosts.every(({ state }) => state !== 'running');
  const unexplained = findings.server.length === 0 ? noAnswer(evidence.server) : [];
  return {
    passed: hasEnded && !refused && evidence.objectives.every(({ holds }) => holds),
    bottleneck,
    refused,
    text: `${hasEnded ? '' : 'The test still runs. So far: '}${textOf(bottleneck, evidence.objectives, ofHosts, allowed)}`,
    evidence: [
      ...ofHosts.map(({ text }) => text),
      ...findings.server,
      ...findings.puppetdb,
      ...findings.network,
    ],
    warnings: [...warningsOf(evidence), ...unexplained],
  };
}

type Findings = Readonly<Record<keyof typeof NAMES, readonly string[]>>;

function bottleneckOf({ server, puppetdb, network }: Findings, loadHost: boolean): Verdict['bottleneck'] {
  if (loadHost) return server.length > 0 ? 'server_and_load_host' : 'load_host';
  if (server.length > 0) return 'server';
  if (puppetdb.length > 0) return 'puppetdb';
  return network.length > 0 ? 'network' : 'none';
}

function textOf(
  bottleneck: Verdict['bottleneck'],
  objectives: readonly ObjectiveResult[],
  ofHosts: readonly LoadHostFinding[],
  allowed: boolean,
): string {
  switch (bottleneck) {
    case 'none':
      return `${objectivesText(objectives)}, and nothing was saturated.`;
    case 'load_host':
    case 'server_and_load_host': {
      const names = [...new Set(ofHosts.flatMap(({ hosts }) => hosts))];
      const hosts = `load host${names.length === 1 ? '' : 's'} ${firstFew(names, ', ')}`;
      const who = bottleneck === 'load_host' ? hosts : `${hosts} and the server`;
      return allowed
        ? `Bottleneck: ${who}, which was allowed. ${objectivesText(objectives)}.`
        : `Bottleneck: ${who}. The result is refused, because it does not tell what the server can do.`;
    }
    default:
      return `${NAMES[bottleneck]} was saturated. ${objectivesText(objectives)}.`;
  }
}

function objectivesText(objectives: readonly ObjectiveResult[]): string {
  const broken = objectives.filter(({ holds }) => !holds).map(({ text }) => text);
  if (broken.length === 0) return 'All objectives hold';
  return `${broken.length} of ${counted(objectives.length, 'objective')} ${broken.length === 1 ? 'does' : 'do'} not hold (${broken.join('; ')})`;
}
