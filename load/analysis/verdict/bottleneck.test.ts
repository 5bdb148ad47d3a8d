import { describe, expect, test } from '@jest/globals';
import type { Verdict } from '../../../model/load/result.ts';
import {
  BUSY_HOST,
  evidenceWith,
  GIB,
  hostEvidence,
  jrubies,
  objectiveThat,
  serverSamples,
  UNANSWERED,
  WAITING,
} from '../../testing/evidence.ts';
import type { Evidence } from './evidence.ts';
import { verdictOf } from './verdict.ts';

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
      { server: serverSamples((index) => (index < 5 ? jrubies({ free: 0, requested: 5 }) : {})) },
      'none',
    ],
    [
      'none if all JRubies are in use and nothing waits',
      { server: serverSamples(() => jrubies({ free: 0 })) },
      'none',
    ],
    [
      'the server if its queue is full',
      { server: serverSamples((index) => jrubies({ queueLimitHits: 3 + index })) },
      'server',
      /refused 9 requests because its queue was full/,
    ],
    [
      'none if its queue was full before the test',
      { server: serverSamples(() => jrubies({ queueLimitHits: 3 })) },
      'none',
    ],
    [
      'the server if requests get no JRuby in time',
      { server: serverSamples((index) => jrubies({ borrowTimeouts: index })) },
      'server',
      /9 requests got no JRuby/,
    ],
    [
      'the server if its heap is full and it collects garbage',
      { server: serverSamples(() => ({ heap: { used: 0.95 * GIB, committed: GIB, max: GIB }, gcCpu: 0.3 })) },
      'server',
      /heap was 95 % full .* 30 % of its CPU/,
    ],
    [
      'none if its heap is full and it collects little garbage',
      { server: serverSamples(() => ({ heap: { used: 0.95 * GIB, committed: GIB, max: GIB } })) },
      'none',
    ],
    [
      'the server if it uses its processors',
      { server: serverSamples(() => ({ cpu: 0.97 })) },
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
      { server: UNANSWERED, objectives: [objectiveThat(false)] },
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
      { hosts: [hostEvidence({}, { retransmits: 60 })] },
      'network',
      /sent 6\.0 TCP segments again per run/,
    ],
    [
      'the network if interfaces have errors',
      { hosts: [hostEvidence({}, { networkErrors: 20 })] },
      'network',
      /2\.0 errors or drops/,
    ],
    [
      'the load host if starts are late',
      { hosts: [hostEvidence({ lateP99: 1500 })] },
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
      { hosts: [hostEvidence({}, { pressure: { cpu: 0.9, memory: 0, io: 0 } })] },
      'none',
    ],
    [
      'the load host if its processors are busy with something else than the server',
      { hosts: [hostEvidence({}, { cpu: 0.99, pressure: { cpu: 0.97, memory: 0, io: 0 } })] },
      'load_host',
      /processors of load1 were 99 % busy, .* 97 % of the time, while the server's process used only 10 %/,
    ],
    [
      'none if its processors are busy with the server',
      {
        hosts: [hostEvidence({}, { cpu: 0.99, pressure: { cpu: 0.97, memory: 0, io: 0 } })],
        server: serverSamples(() => ({ cpu: 0.7 })),
      },
      'none',
    ],
    ['none if starts are a little late on an idle host', { hosts: [hostEvidence({ lateP99: 250 })] }, 'none'],
    [
      'none if the kernel does not tell pressure',
      { hosts: [hostEvidence({ lateP99: 250 }, { pressure: null })] },
      'none',
    ],
    [
      'the load host if it held runs back',
      { hosts: [hostEvidence({ heldBack: 3 })] },
      'load_host',
      /held back 3 of 100 arrivals\./,
    ],
    [
      'the load host if it ended early',
      { hosts: [hostEvidence({ state: 'failed', heldBack: 40 })] },
      'load_host',
      /because the test ended there before its time/,
    ],
    [
      'none if runs were left when somebody stopped the test',
      { hosts: [hostEvidence({ state: 'stopped', heldBack: 3 })] },
      'none',
    ],
    [
      'the load host if tasks wait for memory',
      { hosts: [hostEvidence({}, { pressure: { cpu: 0, memory: 0.4, io: 0 } })] },
      'load_host',
      /waited for memory in 40 %/,
    ],
    [
      'the load host if little memory is available',
      { hosts: [hostEvidence({}, { memoryAvailable: 0.1 * GIB })] },
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
    ['none without samples', { server: [], hosts: [hostEvidence({ samples: [] })] }, 'none'],
  ])('is %s', (_, differs, bottleneck, sentence = /^/) => {
    const verdict = verdictOf(evidenceWith(differs), false);
    expect(verdict.bottleneck).toBe(bottleneck);
    expect(verdict.evidence.join('\n')).toMatch(sentence);
    expect(verdict.evidence.length > 0).toBe(bottleneck !== 'none');
  });
});
