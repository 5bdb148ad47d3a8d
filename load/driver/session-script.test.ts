import * as fs from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Session } from '../testing/session.ts';
import { parseRun } from './run-result.ts';
import { type SessionOptions, sessionScript } from './session-script.ts';

let clone: Session;
beforeEach(() => {
  clone = new Session();
});
afterEach(() => clone.remove());

const mark = 'run/puppet-clone-army-load';
const factsFile = 'facts/puppet-clone-army-load.json';

describe('a session', () => {
  test('runs the agent for each line, and reports the run', async () => {
    clone.standIn('puppet', 'echo "Notice: Applied catalog in 0.05 seconds"; exit 2');
    await clone.start({ options: ["--environment=it's mine", '--noop'] });
    const before = Date.now();
    const run = parseRun(await clone.run('- 1'));
    expect(run).toMatchObject({ code: 2, log: ['Notice: Applied catalog in 0.05 seconds'], seconds: {} });
    expect(run?.started).toBeGreaterThan(before - 1000);
    expect(run?.ended).toBeLessThanOrEqual(Date.now());
    expect(clone.read('calls')).toContain(
      "puppet agent --onetime --no-daemonize --no-splay --waitforcert=0 --verbose --color=false --detailed-exitcodes --environment=it's mine --noop\n",
    );
    expect(parseRun(await clone.run('- 2'))).toMatchObject({ code: 2 });
    await clone.end();
  });

  test("runs it as the clone's timer does, but without its wait", async () => {
    fs.mkdirSync(clone.file('share'));
    fs.writeFileSync(clone.file('share/run-agent'), '#!/bin/sh\necho "run-agent $*"\n', { mode: 0o755 });
    await clone.start();
    expect(parseRun(await clone.run('- 1'))?.log).toEqual([
      'run-agent --now --verbose --color=false --detailed-exitcodes',
    ]);
  });

  test('passes on errors, and the summary if this run wrote it', async () => {
    const time = 'time:\\n  config_retrieval: 0.5\\n  total: 2\\n';
    const error = 'Error: Could not retrieve catalog from remote server: Error 500 on SERVER: x';
    clone.standIn(
      'puppet',
      `echo '${error}'; echo Info: more; sleep 0.02; printf '${time}' > ${clone.file('summary.yaml')}; exit 1`,
    );
    fs.writeFileSync(clone.file('summary.yaml'), 'old');
    await clone.start();
    expect(parseRun(await clone.run('- 1'))).toMatchObject({
      code: 1,
      log: [error, 'Info: more'],
      seconds: { config_retrieval: 0.5 },
    });
    clone.standIn('puppet', 'exit 1');
    expect(parseRun(await clone.run('- 2'))).toMatchObject({ code: 1, log: [], seconds: {} });
  });

  test('ends a run that takes too long', async () => {
    clone.standIn('puppet', 'exec sleep 60');
    await clone.start({ timeout: 1 });
    const run = parseRun(await clone.run('- 1'));
    expect(run?.code).toBe(124);
    expect((run?.ended ?? 0) - (run?.started ?? 0)).toBeLessThan(5000);
  });

  test('runs as another node while it has another certname, and removes the keys of one that is gone', async () => {
    clone.standIn(
      'puppet',
      `for option; do case $option in --certname=*) : > ${clone.file('ssl/certs')}/"$(echo "$option" | cut -d= -f2)".pem ;; esac; done`,
    );
    fs.writeFileSync(clone.file('ssl/certs/clone1.pem'), '');
    await clone.start();
    for (const [name, left] of [
      ['-', ['clone1.pem']],
      ['a', ['a.pem', 'clone1.pem']],
      ['b', ['b.pem', 'clone1.pem']],
    ] as const) {
      await clone.run(`${name} 1`);
      expect(clone.list('ssl/certs')).toEqual(left);
    }
    await clone.end();
    expect(clone.list('ssl/certs')).toEqual(['clone1.pem']);
  });
});

describe("the clone's own runs", () => {
  test('are paused by a file as long as the session lasts', async () => {
    await clone.start();
    expect(fs.existsSync(clone.file(mark))).toBe(true);
    await clone.end();
    expect(clone.list('run')).toEqual([]);
    expect(clone.read('calls')).not.toContain('start');
  });

  test('a resident agent is stopped, and started again if the driver is killed', async () => {
    clone.standIn(
      'systemctl',
      `case "$*" in *is-active*puppet.service) [ ! -e ${clone.file('stopped')} ] ;; stop*) : > ${clone.file('stopped')} ;; *is-active*) exit 3 ;; esac`,
    );
    await clone.start();
    expect(clone.read(mark)).toBe('puppet.service\n');
    await clone.end();
    expect(clone.read('calls')).toMatch(/stop puppet\.service\n(.*\n)*.*--no-block start puppet\.service\n$/);
    expect(clone.list('run')).toEqual([]);
  });

  test('are resumed even if an earlier session was killed', async () => {
    fs.writeFileSync(clone.file(mark), 'puppet.service\n');
    await clone.start();
    await clone.end();
    expect(clone.read('calls')).toContain('--no-block start puppet.service');
  });

  test('are resumed if systemd ends the session', async () => {
    await clone.start();
    await clone.terminate();
    expect(clone.list('run')).toEqual([]);
  });
});

describe('facts', () => {
  const facts = { count: 10, size: 100, depth: 2, changing: 30 };
  type Values = Record<string, { level: { level: string } }>;

  async function factsOf(options: Partial<SessionOptions>): Promise<Values> {
    await clone.start({ facts, ...options });
    const values = JSON.parse(clone.read(factsFile));
    await clone.end();
    return values;
  }

  test('have the number, size and depth of the profile, and are gone after the test', async () => {
    const values = Object.values(await factsOf({}));
    expect(values).toHaveLength(10);
    for (const value of values) expect(value.level.level).toMatch(/^[0-9a-f]{100}$/);
    expect(new Set(values.map((value) => value.level.level)).size).toBe(10);
    expect(clone.list('facts')).toEqual([]);
  });

  test('are the same for a seed and a run, and others for another clone', async () => {
    const [one, same, other] = [await factsOf({}), await factsOf({}), await factsOf({ seed: 43 })];
    expect(one).toEqual(same);
    for (const [name, value] of Object.entries(other)) expect(value).not.toEqual(one[name]);
  });

  test('a fixed share of them changes with each run', async () => {
    clone.standIn('puppet', '');
    await clone.start({ facts });
    const first: Values = JSON.parse(clone.read(factsFile));
    for (const run of [1, 2]) {
      await clone.run(`- ${run}`);
    }
    await clone.end();
    const third = await factsOf({ firstRun: 3 });
    const changed = Object.keys(first).filter(
      (name) => first[name]?.level.level !== third[name]?.level.level,
    );
    expect(changed).toEqual(['load_test_1', 'load_test_2', 'load_test_3']);
  });
});

test('systemd finds no variable that it would replace', () => {
  const script = sessionScript({
    summary: '/s',
    ssldir: '/ssl',
    options: ['--noop'],
    timeout: 60,
    facts: { count: 1, size: 1, depth: 1, changing: 1 },
    seed: 1,
    firstRun: 1,
  });
  expect(script).not.toMatch(/\$\{|\$\$/);
});
