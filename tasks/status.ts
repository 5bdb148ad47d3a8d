import { agentFileOf, overlayOf } from '../generator/model/names.ts';
import { readAgent, summaryFileOf } from './lib/agent.ts';
import { statusOf, totalsOf } from './lib/clone-status.ts';
import type { Answer, Call, InputOf, TaskDefinition } from './lib/definition.ts';
import { readFleet } from './lib/fleet.ts';
import type { Host } from './lib/host.ts';
import { type LastRun, parseLastRun } from './lib/last-run.ts';
import { look, type SeenClone } from './lib/look.ts';
import { BASE, CLONES } from './lib/parameters.ts';
import { readBelow } from './lib/read-below.ts';
import { select } from './lib/select.ts';
import { statusText } from './lib/table.ts';

export const definition = {
  name: 'status',
  description: 'Show how clones are, and how the last run of the agent in each went. Changes nothing.',
  supportsNoop: true,
  parameters: { clones: CLONES, base: BASE },
} as const satisfies TaskDefinition;

/** Tells how clones are, from systemd and from their layers on disk, without entering any. */
export async function run(selection: InputOf<typeof definition>, { host }: Call): Promise<Answer> {
  const fleet = readFleet(host);
  const seen = await look(host, select(fleet, selection));
  const { lastRunOf, warnings } = lastRuns(host, seen);

  const clones = await statusOf(host, seen, lastRunOf);
  const totals = totalsOf(clones);
  const text = statusText(`${fleet.host}, clones of ${fleet.server}`, clones, totals);
  return {
    host: fleet.host,
    server: fleet.server,
    run_mode: fleet.run_mode,
    totals,
    clones,
    ...(warnings.length > 0 ? { warnings } : {}),
    _output: [text, ...warnings].join('\n'),
  };
}

/** A reader of last runs for these clones, and which bases do not say where agents keep theirs. */
function lastRuns(host: Host, clones: readonly SeenClone[]) {
  const { names, root } = host;
  const bases = [...new Set(clones.map(({ base }) => base))];
  const agents = new Map(bases.map((base) => [base, readAgent(host, base)]));

  const lastRunOf = ({ name, base }: SeenClone): LastRun | null => {
    const agent = agents.get(base);
    const text = agent && readBelow(root + overlayOf(names, name), summaryFileOf(agent));
    return (text && parseLastRun(text)) || null;
  };
  const warnings = bases
    .filter((base) => !agents.get(base))
    .map((base) => {
      const file = agentFileOf(names, base);
      return `The last runs of clones on base ${base} are not known, because ${file} is missing or unreadable: apply class ${names.module} again`;
    });
  return { lastRunOf, warnings };
}
