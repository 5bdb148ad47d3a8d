import type { SchemaObject } from 'ajv';
import type { Fleet } from '../../model/fleet.ts';
import { clonesOf } from '../../model/fleet.ts';
import { SCHEMAS } from '../../model/limits.ts';
import { basesOf, type TestPlan } from '../../model/load/roster.ts';
import { TaskError } from '../../tasks/lib/contract/errors.ts';
import { violations } from '../../tasks/lib/contract/schema.ts';
import { NORMALIZED_PROFILE } from '../analysis/profile.schema.ts';
import { COUNT } from '../analysis/schema-of.ts';

/** Maximum number of problems to report. */
const PROBLEMS_MAX = 10;

/** What the driver relies on. A search has no phases, but its tests have. */
const SCHEMA: SchemaObject = {
  type: 'object',
  required: ['version', 'id', 'profile', 'roster', 'host', 'clones', 'server', 'begin', 'concurrency'],
  properties: {
    version: { type: 'integer', minimum: 1, maximum: 1 },
    id: SCHEMAS.test_id,
    profile: {
      allOf: [NORMALIZED_PROFILE, { type: 'object', properties: { phases: { type: 'array', minItems: 1 } } }],
    },
    roster: {
      type: 'object',
      required: ['hosts'],
      properties: {
        hosts: {
          type: 'array',
          items: {
            type: 'object',
            required: ['name', 'groups'],
            properties: {
              name: SCHEMAS.certname,
              groups: {
                type: 'array',
                items: {
                  type: 'object',
                  required: ['base', 'clones'],
                  properties: { base: SCHEMAS.name, clones: COUNT },
                },
              },
            },
          },
        },
      },
    },
    host: COUNT,
    clones: { type: 'array', items: { type: 'string' } },
    server: SCHEMAS.certname,
    begin: COUNT,
    concurrency: { type: 'integer', minimum: 1 },
    samplesServer: { type: 'boolean' },
  },
};

/**
 * Checks that a plan is complete, and that it is one for this host.
 *
 * @param now - milliseconds since 1970
 * @throws TaskError `bad-input` with all problems
 */
export function checkPlan(plan: unknown, fleet: Fleet, now: number): TestPlan {
  const problems = violations(SCHEMA, plan).map(
    ({ instancePath, message }) => `plan${instancePath.replace(/\//g, '.')} ${message}`,
  );
  if (problems.length === 0) problems.push(...mismatches(plan as TestPlan, fleet, now));
  if (problems.length === 0) return plan as TestPlan;
  const first = problems.slice(0, PROBLEMS_MAX);
  throw new TaskError('bad-input', `The load test was not started: ${first.join('. ')}`, { problems: first });
}

function mismatches(plan: TestPlan, fleet: Fleet, now: number): string[] {
  const { begin, clones, host, roster } = plan;
  const problems: string[] = [];
  const own = roster.hosts[host];
  const name = own?.name;
  if (name !== fleet.host)
    problems.push(`plan.host is ${host} (${name ?? 'none'}), but this host is ${fleet.host}`);
  const bases = basesOf(own);
  if (bases.length !== clones.length) {
    problems.push(
      `plan.clones has ${clones.length} names, but the roster has ${bases.length} clones of this host`,
    );
  }
  const known = new Map(clonesOf(fleet).map((clone) => [clone.name, clone.base]));
  const other = clones.filter((clone, i) => known.get(clone) !== bases[i]);
  if (other.length > 0) {
    const names = other.slice(0, 3).join(', ');
    problems.push(
      `${other.length} of plan.clones are not in this host's fleet, or on another base image: ${names}`,
    );
  }
  if (begin < now)
    problems.push(`plan.begin was ${Math.round((now - begin) / 1000)} s ago; plan more time ahead`);
  return problems;
}
