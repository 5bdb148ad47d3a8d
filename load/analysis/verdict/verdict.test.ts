import { describe, expect, test } from '@jest/globals';
import { fc } from '../../../validation/testing/fast-check.ts';
import {
  BUSY_HOST,
  evidenceWith,
  hostEvidence,
  objectiveThat,
  serverSamples,
  UNANSWERED,
  WAITING,
} from '../../testing/evidence.ts';
import type { Evidence, HostEvidence } from './evidence.ts';
import { verdictOf } from './verdict.ts';

describe('the verdict', () => {
  test('passes if all objectives hold', () => {
    expect(verdictOf(evidenceWith(), false)).toEqual({
      passed: true,
      bottleneck: 'none',
      refused: false,
      text: 'All objectives hold, and nothing was saturated.',
      evidence: [],
      warnings: [],
    });
  });

  test('names the objectives that do not hold', () => {
    const objectives = [objectiveThat(false), objectiveThat(true)];
    expect(verdictOf(evidenceWith({ objectives, server: WAITING }), false)).toMatchObject({
      passed: false,
      refused: false,
      text: 'The server was saturated. 1 of 2 objectives does not hold (failed = 0).',
    });
  });

  test('refuses a result that the load hosts limited, and says so first', () => {
    expect(verdictOf(evidenceWith({ hosts: [BUSY_HOST] }), false)).toMatchObject({
      passed: false,
      refused: true,
      text: 'Bottleneck: load host load1. The result is refused, because it does not tell what the server can do.',
    });
    expect(verdictOf(evidenceWith({ hosts: [BUSY_HOST], server: WAITING }), false).text).toMatch(
      /^Bottleneck: load host load1 and the server\./,
    );
  });

  test('lets such a result stand if that is allowed', () => {
    expect(verdictOf(evidenceWith({ hosts: [BUSY_HOST] }), true)).toMatchObject({
      passed: true,
      bottleneck: 'load_host',
      refused: false,
      text: 'Bottleneck: load host load1, which was allowed. All objectives hold.',
    });
  });

  test('does not pass a test that still runs', () => {
    const verdict = verdictOf(
      evidenceWith({ hosts: [hostEvidence({ state: 'running', lasted: 20_000 })] }),
      false,
    );
    expect(verdict.passed).toBe(false);
    expect(verdict.text).toMatch(/^The test still runs\. So far: All objectives hold/);
    expect(verdict.warnings).toEqual(['The test still runs on load1 after 20 of 60 s.']);
  });

  test.each<[string, Partial<Evidence>, string]>([
    [
      'a stopped test',
      { hosts: [hostEvidence({ state: 'stopped', lasted: 30_000 })] },
      'The test was stopped on load1 after 30 of 60 s.',
    ],
    [
      'what is wrong with files',
      { hosts: [hostEvidence({ warnings: ['No record of 1 arrival'] })] },
      'load1: No record of 1 arrival.',
    ],
    [
      'an unknown clock',
      { hosts: [hostEvidence({ clock: null })] },
      "The clock of load1 was not compared with the server's.",
    ],
    [
      'clocks that differ',
      { hosts: [hostEvidence(), hostEvidence({ name: 'load2', clock: { offset: -180, uncertainty: 5 } })] },
      'The clocks of the load hosts were 180 ms apart.',
    ],
    [
      'a busy host that is on time',
      { hosts: [hostEvidence({}, { pressure: { cpu: 0.9, memory: 0, io: 0 } })] },
      'Tasks on load1 waited for a processor in 90 % of the time. Runs started on time, but may have taken longer.',
    ],
    [
      'status requests without an answer',
      { server: UNANSWERED },
      'The server did not answer 3 of 10 status requests: timeout.',
    ],
    [
      'a server that was not sampled',
      { server: [] },
      "There are no samples of the server's status: the verdict cannot tell whether it was saturated.",
    ],
    [
      'a test in which nothing was measured',
      { total: { seconds: 0, good: 0, failed: 0 } },
      'No time was measured: warm-up and cool-down leave nothing of the test.',
    ],
  ])('warns of %s', (_, differs, warning) => {
    expect(verdictOf(evidenceWith(differs), false).warnings).toEqual([warning]);
  });

  const HOST = fc
    .record({
      heldBack: fc.nat(3),
      lateP99: fc.nat(2000),
      state: fc.constantFrom('done', 'stopped', 'failed', 'running'),
      cpu: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    .map(({ cpu, ...more }) =>
      hostEvidence(more as Partial<HostEvidence>, { pressure: { cpu, memory: 0, io: 0 } }),
    );
  const EVIDENCE = fc
    .record({
      hosts: fc.array(HOST, { minLength: 1, maxLength: 3 }),
      server: fc.constantFrom(serverSamples(), WAITING, UNANSWERED, []),
      objectives: fc.array(fc.boolean().map(objectiveThat), { minLength: 1, maxLength: 3 }),
    })
    .map(evidenceWith);

  test('passes only if all objectives hold and the load hosts were not the bottleneck, with evidence for each', () => {
    fc.assert(
      fc.property(EVIDENCE, fc.boolean(), (given, allowed) => {
        const { passed, refused, bottleneck, evidence: found, text } = verdictOf(given, allowed);
        const loadHost = bottleneck === 'load_host' || bottleneck === 'server_and_load_host';
        expect(refused).toBe(loadHost && !allowed);
        if (passed) expect(given.objectives.every(({ holds }) => holds) && !refused).toBe(true);
        if (loadHost) expect(text).toContain('Bottleneck: load host');
        expect(found.length > 0).toBe(bottleneck !== 'none');
      }),
    );
  });

  test('never gets better for the load hosts if more runs start late', () => {
    fc.assert(
      fc.property(EVIDENCE, (given) => {
        const later = given.hosts.map((each) => ({ ...each, lateP99: each.lateP99 + 2000 }));
        expect(verdictOf({ ...given, hosts: later }, false).refused).toBe(true);
      }),
    );
  });
});
