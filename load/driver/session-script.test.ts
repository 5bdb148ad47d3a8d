import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parseRun } from './run-result.ts';
import { type SessionOptions, sessionScript } from './session-script.ts';

let folder: string;
let session: ChildProcessWithoutNullStreams;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'session-'));
  for (const name of ['run', 'bin', 'facts', 'ssl/certs']) {
    fs.mkdirSync(path.join(folder, name), { recursive: true });
  }
  standIn('systemctl', 'exit 3');
});
afterEach(() => {
  session?.kill('SIGKILL');
  fs.rmSync(folder, { recursive: true });
});

const file = (name: string) => path.join(folder, name);
const read = (name: string) => fs.readFileSync(file(name), 'utf8');
const mark = 'run/puppet-clone-army-load';
const factsFile = 'facts/puppet-clone-army-load.json';

/** Replaces a command in the clone. Its calls are appended to a file. */
function standIn(command: string, script: string): void {
  const text = `#!/bin/sh\necho "${command} $*" >> ${file('calls')}\n${script}\n`;
  fs.writeFileSync(file(`bin/${command}`), text, { mode: 0o755 });
}

/** Starts the script in a folder that stands for the clone. Returns a function that reads lines until one of them. */
function start(options: Partial<SessionOptions> = {}) {
  const script = sessionScript({
    summary: file('summary.yaml'),
    ssldir: file('ssl'),
    options: [],
    timeout: 20,
    facts: null,
    seed: 42,
    firstRun: 1,
    ...options,
  })
    .replace(/\/run\/puppet/g, `${folder}/run/puppet`)
    .replace(/\/etc\/facter\/facts\.d/g, `${folder}/facts`)
    .replace(/\/usr\/share\/puppet-clone-army/g, `${folder}/share`)
    .replace(/^PATH=/m, `PATH=${folder}/bin:`);
  session = spawn('/bin/sh', ['-c', script]);
  const lines = createInterface({ input: session.stdout })[Symbol.asyncIterator]();
  return async (last: string) => {
    const all: string[] = [];
    for (;;) {
      const { value, done } = await lines.next();
      if (done || value === last) return all;
      all.push(value);
    }
  };
}

/** Ends the script's input and waits for its end. */
async function end(): Promise<void> {
  session.stdin.end();
  await once(session, 'close');
}

describe('a session', () => {
  test('runs the agent for each line, and reports the run', async () => {
    standIn('puppet', 'echo "Notice: Applied catalog in 0.05 seconds"; exit 2');
    const until = start({ options: ["--environment=it's mine", '--noop'] });
    await until('ready');
    session.stdin.write('- 1\n');
    const before = Date.now();
    const run = parseRun(await until('end'));
    expect(run).toMatchObject({ code: 2, log: ['Notice: Applied catalog in 0.05 seconds'], seconds: {} });
    expect(run?.started).toBeGreaterThan(before - 1000);
    expect(run?.ended).toBeLessThanOrEqual(Date.now());
    expect(read('calls')).toContain(
      "puppet agent --onetime --no-daemonize --no-splay --waitforcert=0 --verbose --color=false --detailed-exitcodes --environment=it's mine --noop\n",
    );
    session.stdin.write('- 2\n');
    expect(parseRun(await until('end'))).toMatchObject({ code: 2 });
    await end();
  });

  test("runs it as the clone's timer does, but without its wait", async () => {
    fs.mkdirSync(file('share'));
    fs.writeFileSync(file('share/run-agent'), '#!/bin/sh\necho "run-agent $*"\n', { mode: 0o755 });
    const until = start();
    await until('ready');
    session.stdin.write('- 1\n');
    expect(parseRun(await until('end'))?.log).toEqual([
      'run-agent --now --verbose --color=false --detailed-exitcodes',
    ]);
  });

  test('passes on errors, and the summary if this run wrote it', async () => {
    const time = 'time:\\n  config_retrieval: 0.5\\n  total: 2\\n';
    const error = 'Error: Could not retrieve catalog from remote server: Error 500 on SERVER: x';
    standIn(
      'puppet',
      `echo '${error}'; echo Info: more; sleep 0.02; printf '${time}' > ${file('summary.yaml')}; exit 1`,
    );
    fs.writeFileSync(file('summary.yaml'), 'old');
    const until = start();
    await until('ready');
    session.stdin.write('- 1\n');
    expect(parseRun(await until('end'))).toMatchObject({
      code: 1,
      log: [error, 'Info: more'],
      seconds: { config_retrieval: 0.5 },
    });
    standIn('puppet', 'exit 1');
    session.stdin.write('- 2\n');
    expect(parseRun(await until('end'))).toMatchObject({ code: 1, log: [], seconds: {} });
  });

  test('ends a run that takes too long', async () => {
    standIn('puppet', 'exec sleep 60');
    const until = start({ timeout: 1 });
    await until('ready');
    session.stdin.write('- 1\n');
    const run = parseRun(await until('end'));
    expect(run?.code).toBe(124);
    expect((run?.ended ?? 0) - (run?.started ?? 0)).toBeLessThan(5000);
  });

  test('runs as another node while it has another certname, and removes the keys of one that is gone', async () => {
    standIn(
      'puppet',
      `for option; do case $option in --certname=*) : > ${file('ssl/certs')}/"$(echo "$option" | cut -d= -f2)".pem ;; esac; done`,
    );
    fs.writeFileSync(file('ssl/certs/clone1.pem'), '');
    const until = start();
    await until('ready');
    for (const [name, left] of [
      ['-', ['clone1.pem']],
      ['a', ['a.pem', 'clone1.pem']],
      ['b', ['b.pem', 'clone1.pem']],
    ] as const) {
      session.stdin.write(`${name} 1\n`);
      await until('end');
      expect(fs.readdirSync(file('ssl/certs')).sort()).toEqual(left);
    }
    await end();
    expect(fs.readdirSync(file('ssl/certs'))).toEqual(['clone1.pem']);
  });
});

describe("the clone's own runs", () => {
  test('are paused by a file as long as the session lasts', async () => {
    const until = start();
    await until('ready');
    expect(fs.existsSync(file(mark))).toBe(true);
    await end();
    expect(fs.readdirSync(file('run'))).toEqual([]);
    expect(read('calls')).not.toContain('start');
  });

  test('a resident agent is stopped, and started again if the driver is killed', async () => {
    standIn(
      'systemctl',
      `case "$*" in *is-active*puppet.service) [ ! -e ${file('stopped')} ] ;; stop*) : > ${file('stopped')} ;; *is-active*) exit 3 ;; esac`,
    );
    await start()('ready');
    expect(read(mark)).toBe('puppet.service\n');
    await end();
    expect(read('calls')).toMatch(/stop puppet\.service\n(.*\n)*.*--no-block start puppet\.service\n$/);
    expect(fs.readdirSync(file('run'))).toEqual([]);
  });

  test('are resumed even if an earlier session was killed', async () => {
    fs.writeFileSync(file(mark), 'puppet.service\n');
    await start()('ready');
    await end();
    expect(read('calls')).toContain('--no-block start puppet.service');
  });

  test('are resumed if systemd ends the session', async () => {
    await start()('ready');
    session.kill('SIGTERM');
    await once(session, 'close');
    expect(fs.readdirSync(file('run'))).toEqual([]);
  });
});

describe('facts', () => {
  const facts = { count: 10, size: 100, depth: 2, changing: 30 };
  type Values = Record<string, { level: { level: string } }>;

  async function factsOf(options: Partial<SessionOptions>): Promise<Values> {
    await start({ facts, ...options })('ready');
    const values = JSON.parse(read(factsFile));
    await end();
    return values;
  }

  test('have the number, size and depth of the profile, and are gone after the test', async () => {
    const values = Object.values(await factsOf({}));
    expect(values).toHaveLength(10);
    for (const value of values) expect(value.level.level).toMatch(/^[0-9a-f]{100}$/);
    expect(new Set(values.map((value) => value.level.level)).size).toBe(10);
    expect(fs.readdirSync(file('facts'))).toEqual([]);
  });

  test('are the same for a seed and a run, and others for another clone', async () => {
    const [one, same, other] = [await factsOf({}), await factsOf({}), await factsOf({ seed: 43 })];
    expect(one).toEqual(same);
    for (const [name, value] of Object.entries(other)) expect(value).not.toEqual(one[name]);
  });

  test('a fixed share of them changes with each run', async () => {
    standIn('puppet', '');
    const until = start({ facts });
    await until('ready');
    const first: Values = JSON.parse(read(factsFile));
    for (const run of [1, 2]) {
      session.stdin.write(`- ${run}\n`);
      await until('end');
    }
    await end();
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
