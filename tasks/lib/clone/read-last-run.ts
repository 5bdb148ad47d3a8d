import type { Clone } from '../../../model/fleet.ts';
import { type Agent, overlayOf } from '../../../model/names.ts';
import type { Host } from '../contract/host.ts';
import { summaryFileOf } from './agent.ts';
import { type LastRun, parseLastRun } from './last-run.ts';
import { readBelow } from './read-below.ts';

/**
 * Reads the last run of a clone's agent from its overlay. Returns null if there is none, or the summary is not valid.
 *
 * @param agent - agent of the clone's base image; undefined if unknown
 */
export function readLastRun({ names, root }: Host, clone: Clone, agent: Agent | undefined): LastRun | null {
  const text = agent && readBelow(root + overlayOf(names, clone.name), summaryFileOf(agent));
  return (text && parseLastRun(text)) || null;
}
