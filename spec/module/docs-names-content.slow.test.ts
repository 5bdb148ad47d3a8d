import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execa } from 'execa';
import fs from 'fs-extra';
import { MODULE, REPO } from '../../lab/paths.ts';
import { blocksOf, boltCommands, commands, pageOf, pages } from './docs.ts';
import { type Block, blockUnder } from './pages.ts';
import { askPuppet } from './puppet.ts';
import { readTree } from './tree.ts';

/** Messages of the kernel and of systemd that pages quote. */
const FOREIGN = [
  'Too many open files',
  'Failed to register machine',
  'Resource temporarily unavailable',
  'Duplicate declaration: Package',
  'required file not found',
];

/** Other commands that pages use; that what they name exists is for the tests on paths and units. */
const PLAIN = [
  ...[
    'cd',
    'cp',
    'findmnt',
    'fuser',
    'git',
    'journalctl',
    'machinectl',
    'mkdir',
    'rm',
    'rmdir',
    'systemctl',
    'vi',
  ],
  ...['puppet', 'puppetserver'],
];

let scratch: string;
/** Text of the module's code. */
let source: string;
/** Files of the catalogs of both run modes, by path. */
let files: Readonly<Record<string, string>>;

beforeAll(async () => {
  await execa('node', ['bin/clone-army.js', 'generate'], { cwd: REPO });
  scratch = await mkdtemp(path.join(os.tmpdir(), 'clone-army-docs-'));
  const paths = (await readTree(MODULE)).filter((file) =>
    /^(files|functions|lib|manifests|plans|tasks|templates)\//.test(file),
  );
  source = (await Promise.all(paths.map((file) => readFile(path.join(MODULE, file), 'utf8')))).join('\n');
  const modes = ['service', 'timer'].map((mode) => ({
    code: `class { 'clone_army': run_mode => '${mode}' }`,
  }));
  files = Object.assign({}, ...(await askPuppet(modes)).map((catalog) => catalog.files));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

describe('commands', () => {
  test('name a target, unless the lab adds it', () => {
    const all = [...boltCommands('apply'), ...boltCommands('task', 'run'), ...boltCommands('plan', 'run')];
    expect(all.filter(({ lab, rest }) => !lab && !rest.includes('--targets'))).toEqual([]);
  });

  test('are commands of the lab, of npm, or of the usual tools', async () => {
    const help = await execa('node', ['--import', 'tsx', 'lab/cli.ts', '--help'], { cwd: REPO });
    const subcommands = [...help.stdout.matchAll(/^ {2}([a-z]+)[ \n]/gm)].map(([, name]) => name);
    const { scripts } = await fs.readJson(path.join(REPO, 'package.json'));
    const boltVerbs = ['apply', 'task', 'plan', 'module'];
    const known = ([first = '', second = '', third = '']: readonly string[]) =>
      PLAIN.includes(first) ||
      (first === 'bolt' && boltVerbs.includes(second)) ||
      (first === 'bin/test' && ['', '--fast'].includes(second)) ||
      (first === 'bin/lab' &&
        (second === '' || subcommands.includes(second) || help.stdout.includes(` ${second} `))) ||
      (first === 'npm' && second === 'run' && third in scripts) ||
      (first === 'npx' && fs.existsSync(path.join(REPO, 'node_modules/.bin', second))) ||
      first.startsWith('/usr/local/libexec/puppet-clone-army/');
    // Variables in front are for the command.
    const unknown = commands.filter(
      ({ words }) => !known(words.slice(words.findIndex((word) => !/^[A-Z_]+=/.test(word)))),
    );
    expect(unknown.map(({ where, command }) => ({ where, command }))).toEqual([]);
  });

  test('are good shell', async () => {
    for (const { where, text } of blocksOf('sh')) {
      const options = ['--shell=bash', '--exclude=SC2164,SC2046', '--severity=warning', '-'];
      const { stdout } = await execa('shellcheck', options, { input: text, reject: false });
      expect({ where, stdout }).toEqual({ where, stdout: '' });
    }
  });
});

describe('names', () => {
  test('of tests that show what happens after a fault are those of files', async () => {
    const { tables } = pageOf('docs/faults.md');
    const named = tables.flatMap(({ rows }) =>
      rows.flatMap((row) => [...(row.at(-1)?.text ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name)),
    );
    expect(named.length).toBeGreaterThan(20);
    const { stdout } = await execa('git', ['ls-files', '*_spec.rb', '*.test.ts'], { cwd: REPO });
    const known = stdout.split('\n').map((file) => path.basename(file).replace(/[.]test[.]ts$|[.]rb$/, ''));
    expect(named.filter((name) => !known.includes(name as string))).toEqual([]);
  });

  const code = () =>
    pages.flatMap(({ file, spans, blocks }) =>
      [...spans, ...blocks.map(({ text }) => text)].map((text) => ({ file, text })),
    );
  const STATE =
    /^\/run\/puppet-clone-army$|^\/var\/lib\/puppet-clone-army(\/(\.(service|timer)-[0-9a-f]{8}|<base>|debian-1\d|[\w<>*-]+-(overlay|workdir|replaced)|\.[\w-]+-replaced\.1)(\/.*)?)?$/;

  /** Files of build-base, which the catalog does not have. */
  const SYSTEMS = '/var/cache/puppet-clone-army';

  test('paths are those that the module makes', () => {
    const made = Object.keys(files);
    const paths = code().flatMap(({ file, text }) =>
      [...text.matchAll(/\/(?:etc|usr|var|run)\/[\w./<>@*+-]*puppet-clone-army[\w./<>@*+-]*/g)].map(
        ([found]) => ({ file, found }),
      ),
    );
    expect(paths.length).toBeGreaterThan(20);
    const unknown = paths.filter(({ found }) => {
      const plain = found
        .replace(/[/.]$/, '')
        .replace(/<base>|debian-13/g, 'debian-13')
        .replace(/\*$/, '');
      return (
        !STATE.test(found) &&
        found !== SYSTEMS &&
        !made.some(
          (file) =>
            file === plain ||
            file.startsWith(plain) ||
            plain.startsWith('/etc/puppet-clone-army/bases/debian-13'),
        )
      );
    });
    expect(unknown).toEqual([]);
  });

  test('units are those that the module makes', () => {
    const made = Object.keys(files).map((file) => path.basename(file));
    const units = code().flatMap(({ file, text }) =>
      [
        ...text.matchAll(/(?<![\w./-])puppet-clone-army[\w-]*(?:@[\w-]*)?(?:\.(?:service|target|timer))?/g),
      ].map(([found]) => ({ file, found })),
    );
    expect(units.length).toBeGreaterThan(20);
    const unknown = units.filter(({ found }) => {
      const template = found.replace(/@\w*/, '@');
      return ![template, `${template}.service`].some((unit) => made.includes(unit));
    });
    expect(unknown).toEqual([]);
  });

  test('messages are those that the module or its host writes', () => {
    const column = pages.flatMap(({ file, tables }) =>
      tables.flatMap(({ header, rows }) => {
        const i = header.findIndex(({ text }) => text === 'message');
        return i < 0 ? [] : rows.map((row) => ({ file, message: row[i]?.text.replaceAll('`', '') ?? '' }));
      }),
    );
    const sentences = pageOf('docs/operating.md').spans.filter((span) => /^\w+(?: [\w,]+){3,}$/.test(span));
    expect(column.length).toBeGreaterThan(10);
    expect(sentences.length).toBeGreaterThan(3);
    const text = source.replaceAll(/ \\\n\s*/g, ' ');
    const known = (message: string) =>
      message
        .split('…')
        .map((part) => part.trim())
        .every((part) => text.includes(part) || FOREIGN.some((some) => part.includes(some)));
    expect(column.filter(({ message }) => !known(message))).toEqual([]);
    expect(sentences.filter((sentence) => !known(sentence))).toEqual([]);
  });

  test('inline code with an underscore is a word of the module', () => {
    const words = pages
      .filter(({ file }) => /^(README|docs\/)/.test(file))
      .flatMap(({ file, spans }) =>
        spans.filter((span) => /^[a-z]+(_[a-z]+)+$/.test(span)).map((word) => ({ file, word })),
      );
    // Names of test files, which have a test of their own.
    expect(words.filter(({ word }) => !word.endsWith('_spec') && !source.includes(word))).toEqual([]);
  });
});

describe('walks', () => {
  /** Runs a block with all of its paths in another root, and with tools that only say what they were asked. */
  async function walk(block: Block, root: string): Promise<void> {
    const stubs = ['systemctl', 'machinectl', 'findmnt', 'vi']
      .map((name) => `${name}() { echo "${name} $*"; }`)
      .join('\n');
    const text = block.text.replaceAll(/(?<=^|\s)\/(?=etc|run|usr|var)/g, `${root}/`);
    await execa('sh', ['-euc', `${stubs}\n${text}`], { stdin: 'ignore' });
  }

  async function hostWith(...more: string[]): Promise<string> {
    const root = await mkdtemp(path.join(scratch, 'host-'));
    for (const [file, content] of Object.entries(files)) {
      if (content === '') await mkdir(path.join(root, file), { recursive: true });
      else await fs.outputFile(path.join(root, file), content);
    }
    for (const file of more) await fs.outputFile(path.join(root, file), '');
    return root;
  }

  test('a patch for one clone is in its overlay', async () => {
    const ruby = 'usr/lib/ruby/vendor_ruby/puppet/agent.rb';
    const root = await hostWith(`/var/lib/puppet-clone-army/debian-13/${ruby}`);
    await mkdir(path.join(root, 'var/lib/puppet-clone-army/clone3-overlay'), { recursive: true });
    await walk(blockUnder(pageOf('docs/operating.md'), 'Patch one clone'), root);
    expect(await fs.pathExists(path.join(root, 'var/lib/puppet-clone-army/clone3-overlay', ruby))).toBe(true);
  });

  test('a clone that is reset has no overlay, and others keep theirs', async () => {
    const state = '/var/lib/puppet-clone-army';
    const root = await hostWith(
      ...['clone3', 'clone4'].flatMap((clone) => [
        `${state}/${clone}-overlay/x`,
        `${state}/${clone}-workdir/x`,
      ]),
    );
    await walk(blockUnder(pageOf('docs/operating.md'), 'Reset a clone by hand'), root);
    const left = (await readdir(path.join(root, state))).filter((name) => name.startsWith('clone'));
    expect(left.sort()).toEqual(['clone4-overlay', 'clone4-workdir']);
  });
});
