import { describe, expect, test } from '@jest/globals';
import { outcomeOf } from './outcome.ts';
import { parseRun } from './run-result.ts';

const STARTED = 1_795_815_000_000;

/** A run as the session's script prints it. */
function outcome(code: number, log: readonly string[] = [], seconds = 3) {
  const figures = `started=${STARTED} ended=${STARTED + seconds * 1000} code=${code}`;
  const run = parseRun([figures, ...log.map((line) => ` ${line}`)]);
  return run && outcomeOf(run, 60);
}

const APPLIED = 'Notice: Applied catalog in 0.05 seconds';
const NO_CATALOG = 'Error: Could not retrieve catalog from remote server: ';
const REFUSED =
  'Error: Connection to https://puppet:8140/puppet/v3 failed, trying next route: Request to https://puppet:8140/puppet/v3 failed after 0.001 seconds: Failed to open TCP connection to puppet:8140 (Connection refused - connect(2) for "puppet" port 8140)';
const STUCK =
  'Error: Could not retrieve catalog from remote server: Request to https://puppet:8140/puppet/v3/catalog/clone1 timed out read operation after 60.1 seconds';

describe('outcomeOf', () => {
  test.each<[string, number, string[], object]>([
    ['a run without changes', 0, [APPLIED], { outcome: 'ok' }],
    ['a run with changes', 2, [APPLIED], { outcome: 'changed' }],
    [
      'failed resources',
      6,
      ['Error: /Stage[main]/Main/File[/x]/ensure: change failed: no space left', APPLIED],
      { outcome: 'failed_resources', message: expect.stringContaining('no space left') },
    ],
    [
      'an error of the server, after which the last catalog is applied',
      0,
      [`${NO_CATALOG}Error 500 on SERVER: Server Error: Evaluation Error`, APPLIED],
      { outcome: 'catalog_failed', status: 500, message: expect.stringContaining('Evaluation Error') },
    ],
    [
      'a busy server',
      1,
      [`${NO_CATALOG}Error 503 on SERVER: The pool is full`],
      { outcome: 'busy', status: 503 },
    ],
    [
      'a server that stays busy',
      1,
      [`${NO_CATALOG}Too many HTTP retries for https://puppet`],
      { outcome: 'busy', status: 503 },
    ],
    [
      'a file that the server does not give',
      4,
      [
        'Error: /Stage[main]/Main/File[/x]: Could not evaluate: Could not retrieve information: Error 502 on SERVER: Bad Gateway',
      ],
      { outcome: 'catalog_failed', status: 502 },
    ],
    ['a server that is down', 1, [REFUSED, `${NO_CATALOG}No more routes to puppet`], { outcome: 'refused' }],
    ['a server that is down, with a catalog in the cache', 0, [REFUSED, APPLIED], { outcome: 'refused' }],
    [
      'a resource whose own server is down',
      4,
      ['Error: /Stage[main]/Main/Package[x]: Could not connect to mirror: Connection refused'],
      { outcome: 'failed_resources' },
    ],
    ['a server that does not answer', 1, [STUCK], { outcome: 'timed_out' }],
    [
      'an agent that is already running',
      1,
      ['Notice: Run of Puppet configuration client already in progress; skipping  (/x.lock exists)'],
      { outcome: 'locked' },
    ],
    [
      'a clone without a certificate',
      1,
      ['Exiting now because the waitforcert setting is set to 0.'],
      { outcome: 'failed', message: expect.stringContaining('waitforcert') },
    ],
    ['an agent that says nothing', 1, [], { outcome: 'failed', message: 'the agent ended with exit code 1' }],
    ['an agent that is missing', 127, [], { outcome: 'failed', message: expect.stringContaining('127') }],
    ['a run that is killed', 137, [APPLIED], { outcome: 'killed' }],
    ['a run that is ended', 143, [], { outcome: 'killed', message: 'ended by signal 15' }],
  ])('%s', (_, code, log, expected) => {
    expect(outcome(code, log)).toMatchObject({ started: STARTED, ended: STARTED + 3000, ...expected });
  });

  test('a run that takes too long', () => {
    expect(outcome(124, [], 60)).toMatchObject({
      outcome: 'timed_out',
      message: 'the run took longer than 60 s',
    });
    expect(outcome(137, [], 70)).toMatchObject({ outcome: 'timed_out' });
  });

  test('a run that waits because the server told it to', () => {
    const log = ['Warning: Sleeping for 812 seconds before retrying the request'];
    expect(outcome(124, log, 60)).toMatchObject({ outcome: 'busy', status: 503 });
    expect(outcome(0, [...log, APPLIED], 30)).toMatchObject({ outcome: 'ok' });
  });

  test('does not pass on control characters', () => {
    expect(outcome(1, ['Error: \u001b[31mred'])).toMatchObject({ message: '[31mred' });
  });
});

describe('parseRun', () => {
  test('reads the parts of a run from its summary', () => {
    const summary = [
      '---',
      'time:',
      '  config_retrieval: 0.45',
      '  fact_generation: 1',
      '  total: 2',
      '  last_run: 5',
    ];
    const lines = [
      `started=${STARTED} ended=${STARTED} code=0`,
      ...summary.map((line) => `-${line}`),
      ' log',
    ];
    expect(parseRun(lines)).toMatchObject({
      seconds: { config_retrieval: 0.45, fact_generation: 1 },
      log: ['log'],
    });
    expect(parseRun(lines)?.seconds).not.toHaveProperty('total');
  });

  test.each([[[]], [['']], [['started=1 ended=2 code=0']], [['begin=x']]])('refuses %j', (lines) => {
    expect(parseRun(lines)).toBeUndefined();
  });
});
