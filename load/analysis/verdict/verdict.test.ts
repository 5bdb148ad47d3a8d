import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { ObjectiveResult, Verdict } from '../../../model/load/result.ts';
import type { ServerSample } from '../../../model/load/sample.ts';
import { serverSampleOf } from '../../testing/recorded.ts';
import type { Evidence, HostEvidence } from './evidence.ts';
import { verdictOf } from './verdict.ts';

const GIB = 1024 ** 3;

function objective(holds: boolean): ObjectiveResult {
  return {
    text: 'failed = 0',
    figure: 'failed',
    percentile: null,
    metric: null,
    group: null,
    comparison: '=',
    limit: 0,
    value: holds ? 0 : 7,
    holds,
  };
}

/** A load host that keeps up. */
function host(
  more: Partial<HostEvidence> = {},
  sample: Partial<HostEvidence['samples'][number]> = {},
): HostEvidence {
  const samples = Array.from({ length: 10 }, (_, index) => ({
    at: 5000 * index,
    cpu: 0.3,
    pressure: { cpu: 0.05, memory: 0, io: 0 },
    memoryAvailable: 2 * GIB,
    runnable: 1,
    running: 2,
    retransmits: 0,
    networkErrors: 0,
    ...sample,
  }));
  return {
    name: 'load1',
    state: 'done',
    lasted: 60_000,
    planned: 60_000,
    arrivals: 100,
    heldBack: 0,
    lateP99: 20,
    clock: { offset: 0, uncertainty: 1 },
    memory: 4 * GIB,
    samples,
    warnings: [],
    ...more,
  };
}

/** Samples of the server, of which these are different. */
function server(more: (index: number) => Partial<ServerSample> = () => ({})): ServerSample[] {
  return Array.from({ length: 10 }, (_, index) => serverSampleOf(5000 * index, more(index)));
}

function jrubies(more: Partial<NonNullable<ServerSample['jrubies']>>): Partial<ServerSample> {
  return { jrubies: { ...(serverSampleOf(0).jrubies as NonNullable<ServerSample['jrubies']>), ...more } };
}

function evidence(more: Partial<Evidence> = {}): Evidence {
  return {
    hosts: [host()],
    missing: [],
    server: server(),
    puppetdb: [],
    objectives: [objective(true)],
    total: { seconds: 60, good: 100, failed: 0 },
    ...more,
  };
}

const WAITING = server(() => jrubies({ free: 0, requested: 5 }));
const UNANSWERED = server((index) => (index < 3 ? { error: 'timeout', jrubies: undefined } : {}));
const BUSY_HOST = host({ lateP99: 250 }, { pressure: { cpu: 0.8, memory: 0, io: 0 } });
const queue = (depth: (index: number) => number): Evidence['puppetdb'] =>
  Array.from({ length: 9 }, (_, index) => ({ kind: 'puppetdb', at: index, queueDepth: depth(index) }));

describe('the bottleneck', () => {
  test.each<[string, Partial<Evidence>, Verdict['bottleneck'], RegExp?]>([
    ['none if nothing was busy', {}, 'none'],
    [
      'the server if requests wait for JRubies',
      { server: WAITING },
      'server',
      /In 100 % .* JRubies \(4\).* 5\.0 requests waited/,
    ],
    [
      'none if requests wait for JRubies at times',
      { server: server((index) => (index < 5 ? jrubies({ free: 0, requested: 5 }) : {})) },
      'none',
    ],
    [
      'none if all JRubies are in use and nothing waits',
      { server: server(() => jrubies({ free: 0 })) },
      'none',
    ],
    [
      'the server if its queue is full',
      { server: server((index) => jrubies({ queueLimitHits: 3 + index })) },
      'server',
      /refused 9 requests because its queue was full/,
    ],
    [
      'none if its queue was full before the test',
      { server: server(() => jrubies({ queueLimitHits: 3 })) },
      'none',
    ],
    [
      'the server if requests get no JRuby in time',
      { server: server((index) => jrubies({ borrowTimeouts: index })) },
      'server',
      /9 requests got no JRuby/,
    ],
    [
      'the server if its heap is full and it collects garbage',
      { server: server(() => ({ heap: { used: 0.95 * GIB, committed: GIB, max: GIB }, gcCpu: 0.3 })) },
      'server',
      /heap was 95 % full .* 30 % of its CPU/,
    ],
    [
      'none if its heap is full and it collects little garbage',
      { server: server(() => ({ heap: { used: 0.95 * GIB, committed: GIB, max: GIB } })) },
      'none',
    ],
    [
      'the server if it uses its processors',
      { server: server(() => ({ cpu: 0.97 })) },
      'server',
      /97 % of its processors/,
    ],
    [
      'the server if it does not answer while runs fail',
      { server: UNANSWERED, total: { seconds: 60, good: 90, failed: 10 } },
      'server',
      /did not answer 3 of 10 status requests: timeout/,
    ],
    [
      'the server if it does not answer while runs are slow',
      { server: UNANSWERED, objectives: [objective(false)] },
      'server',
      /did not answer 3 of 10/,
    ],
    ['none if it does not answer, but all runs are fine', { server: UNANSWERED }, 'none'],
    [
      'PuppetDB if its queue grows',
      { puppetdb: queue((index) => 50 * index) },
      'puppetdb',
      /from 50 to 350 commands/,
    ],
    ['none if its queue is long, but does not grow', { puppetdb: queue(() => 500) }, 'none'],
    ['none if its queue shrinks', { puppetdb: queue((index) => 500 - 50 * index) }, 'none'],
    [
      'the server before PuppetDB',
      { server: WAITING, puppetdb: queue((index) => 50 * index) },
      'server',
      /PuppetDB/,
    ],
    [
      'the network if segments are lost',
      { hosts: [host({}, { retransmits: 60 })] },
      'network',
      /sent 6\.0 TCP segments again per run/,
    ],
    [
      'the network if interfaces have errors',
      { hosts: [host({}, { networkErrors: 20 })] },
      'network',
      /2\.0 errors or drops/,
    ],
    [
      'the load host if starts are late',
      { hosts: [host({ lateP99: 1500 })] },
      'load_host',
      /load1 started 1500 ms late/,
    ],
    [
      'the load host if starts are a little late and tasks wait for a processor',
      { hosts: [BUSY_HOST] },
      'load_host',
      /250 ms late or more, and tasks waited for a processor in 80 % of the time/,
    ],
    [
      'none if tasks wait for a processor and starts are on time',
      { hosts: [host({}, { pressure: { cpu: 0.9, memory: 0, io: 0 } })] },
      'none',
    ],
    [
      'the load host if its processors are busy with something else than the server',
      { hosts: [host({}, { cpu: 0.99, pressure: { cpu: 0.97, memory: 0, io: 0 } })] },
      'load_host',
      /processors of load1 were 99 % busy, .* 97 % of the time, while the server's process used only 10 %/,
    ],
    [
      'none if its processors are busy with the server',
      {
        hosts: [host({}, { cpu: 0.99, pressure: { cpu: 0.97, memory: 0, io: 0 } })],
        server: server(() => ({ cpu: 0.7 })),
      },
      'none',
    ],
    ['none if starts are a little late on an idle host', { hosts: [host({ lateP99: 250 })] }, 'none'],
    [
      'none if the kernel does not tell pressure',
      { hosts: [host({ lateP99: 250 }, { pressure: null })] },
      'none',
    ],
    [
      'the load host if it held runs back',
      { hosts: [host({ heldBack: 3 })] },
      'load_host',
      /held back 3 of 100 arrivals\./,
    ],
    [
      'the load host if it ended early',
      { hosts: [host({ state: 'failed', heldBack: 40 })] },
      'load_host',
      /because the test ended there before its time/,
    ],
    [
      'none if runs were left when somebody stopped the test',
      { hosts: [host({ state: 'stopped', heldBack: 3 })] },
      'none',
    ],
    [
      'the load host if tasks wait for memory',
      { hosts: [host({}, { pressure: { cpu: 0, memory: 0.4, io: 0 } })] },
      'load_host',
      /waited for memory in 40 %/,
    ],
    [
      'the load host if little memory is available',
      { hosts: [host({}, { memoryAvailable: 0.1 * GIB })] },
      'load_host',
      /Only 3 % of the memory of load1/,
    ],
    [
      'a missing load host',
      { missing: [{ name: 'load2', arrivals: 50 }] },
      'load_host',
      /no result of 1 load host \(load2\): 50 planned arrivals/,
    ],
    [
      'both if both were saturated',
      { server: WAITING, hosts: [BUSY_HOST] },
      'server_and_load_host',
      /JRubies/,
    ],
    [
      'the load host if PuppetDB was behind too',
      { puppetdb: queue((index) => 50 * index), hosts: [BUSY_HOST] },
      'load_host',
    ],
    ['none without samples', { server: [], hosts: [host({ samples: [] })] }, 'none'],
  ])('is %s', (_, differs, bottleneck, sentence = /^/) => {
    const verdict = verdictOf(evidence(differs), false);
    expect(verdict.bottleneck).toBe(bottleneck);
    expect(verdict.evidence.join('\n')).toMatch(sentence);
    expect(verdict.evidence.length > 0).toBe(bottleneck !== 'none');
  });
});

describe('the verdict', () => {
  test('passes if all objectives hold', () => {
    expect(verdictOf(evidence(), false)).toEqual({
      passed: true,
      bottleneck: 'none',
      refused: false,
      text: 'All objectives hold, and nothing was saturated.',
      evidence: [],
      warnings: [],
    });
  });

  test('names the objectives that do not hold', () => {
    const objectives = [objective(false), objective(true)];
    expect(verdictOf(evidence({ objectives, server: WAITING }), false)).toMatchObject({
      passed: false,
      refused: false,
      text: 'The server was saturated. 1 of 2 objectives does not hold (failed = 0).',
    });
  });

  test('refuses a result that the load hosts limited, and says so first', () => {
    expect(verdictOf(evidence({ hosts: [BUSY_HOST] }), false)).toMatchObject({
      passed: false,
      refused: true,
      text: 'Bottleneck: load host load1. The result is refused, because it does not tell what the server can do.',
    });
    expect(verdictOf(evidence({ hosts: [BUSY_HOST], server: WAITING }), false).text).toMatch(
      /^Bottleneck: load host load1 and the server\./,
    );
  });

  test('lets such a result stand if that is allowed', () => {
    expect(verdictOf(evidence({ hosts: [BUSY_HOST] }), true)).toMatchObject({
      passed: true,
      bottleneck: 'load_host',
      refused: false,
      text: 'Bottleneck: load host load1, which was allowed. All objectives hold.',
    });
  });

  test('does not pass a test that still runs', () => {
    const verdict = verdictOf(evidence({ hosts: [host({ state: 'running', lasted: 20_000 })] }), false);
    expect(verdict.passed).toBe(false);
    expect(verdict.text).toMatch(/^The test still runs\. So far: All objectives hold/);
    expect(verdict.warnings).toEqual(['The test still runs on load1 after 20 of 60 s.']);
  });

  test.each<[string, Partial<Evidence>, string]>([
    [
      'a stopped test',
      { hosts: [host({ state: 'stopped', lasted: 30_000 })] },
      'Somebody stopped the test on load1 after 30 of 60 s.',
    ],
    [
      'what is wrong with files',
      { hosts: [host({ warnings: ['No record of 1 arrival'] })] },
      'load1: No record of 1 arrival.',
    ],
    [
      'an unknown clock',
      { hosts: [host({ clock: null })] },
      "The clock of load1 was not compared with the server's.",
    ],
    [
      'clocks that differ',
      { hosts: [host(), host({ name: 'load2', clock: { offset: -180, uncertainty: 5 } })] },
      'The clocks of the load hosts were 180 ms apart.',
    ],
    [
      'a busy host that is on time',
      { hosts: [host({}, { pressure: { cpu: 0.9, memory: 0, io: 0 } })] },
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
    expect(verdictOf(evidence(differs), false).warnings).toEqual([warning]);
  });

  const HOST = fc
    .record({
      heldBack: fc.nat(3),
      lateP99: fc.nat(2000),
      state: fc.constantFrom('done', 'stopped', 'failed', 'running'),
      cpu: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    .map(({ cpu, ...more }) => host(more as Partial<HostEvidence>, { pressure: { cpu, memory: 0, io: 0 } }));
  const EVIDENCE = fc
    .record({
      hosts: fc.array(HOST, { minLength: 1, maxLength: 3 }),
      server: fc.constantFrom(server(), WAITING, UNANSWERED, []),
      objectives: fc.array(fc.boolean().map(objective), { minLength: 1, maxLength: 3 }),
    })
    .map(evidence);

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
