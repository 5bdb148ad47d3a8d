import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execa } from 'execa';
import fs from 'fs-extra';
import { parse } from 'yaml';
import { fleetSize, SIZES } from '../../generator/emit/sizes.ts';
import { MODULE, REPO } from '../../lab/paths.ts';
import { type Block, blockUnder, commandsIn, type Page, readPage } from './pages.ts';
import { type Answer, askPuppet, type Request } from './puppet.ts';
import { gem } from './tools.ts';
import { readTree } from './tree.ts';

const PAGES = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'ARCHITECTURE.md'],
  ...(await readdir(path.join(REPO, 'docs')))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
  ...['examples/README.md', 'examples/bolt/README.md'],
];
const pages = await Promise.all(PAGES.map((file) => readPage(REPO, file)));
const blocksOf = (language: string): Block[] =>
  pages.flatMap(({ blocks }) => blocks.filter((block) => block.language === language));
const pageOf = (file: string) => pages.find((page) => page.file === file) as Page;

/** Messages of the kernel and of systemd that pages quote. */
const FOREIGN = ['Too many open files', 'Failed to register machine', 'Resource temporarily unavailable'];

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
/** Text of all files of the module beside its documentation. */
let source: string;
/** Files of a catalog, by path. */
let files: Readonly<Record<string, string>>;

beforeAll(async () => {
  await execa('node', ['bin/clone-army.js', 'generate'], { cwd: REPO });
  scratch = await mkdtemp(path.join(os.tmpdir(), 'clone-army-docs-'));
  // The module that the pages call `profile`.
  await fs.outputFile(path.join(scratch, 'modules/profile/files/prepare.sh'), 'true\n');
  const paths = (await readTree(MODULE)).filter((file) =>
    /^(files|functions|manifests|plans|tasks|templates)\//.test(file),
  );
  source = (await Promise.all(paths.map((file) => readFile(path.join(MODULE, file), 'utf8')))).join('\n');
  const [catalog] = await ask([{ code: 'include clone_army' }]);
  files = catalog?.files ?? {};
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

function ask(requests: readonly Request[]): Promise<Answer[]> {
  return askPuppet(requests, path.join(scratch, 'modules'));
}

/** What Puppet finds wrong with some requests, by where they come from. */
async function wrongWith(requests: readonly (Request & { where: string })[]) {
  const answers = await ask(requests.map(({ where: _, ...request }) => request as Request));
  return requests.flatMap(({ where }, i) => (answers[i]?.error ? [{ where, error: answers[i]?.error }] : []));
}

/** Words of a command, as a shell makes them. */
async function wordsOf(command: string): Promise<string[]> {
  const { stdout } = await execa('bash', ['-fc', `printf '%s\\0' ${command}`]);
  return stdout.split('\0').slice(0, -1);
}

const commands = await Promise.all(
  pages
    .flatMap(commandsIn)
    .map(async ({ where, command }) => ({ where, command, words: await wordsOf(command) })),
);
/** Commands of Bolt, the lab's among them, by what they do. */
const bolt = (...verbs: string[]) =>
  commands.flatMap(({ where, command, words }) => {
    const rest = words[0] === 'bin/lab' ? words.slice(1) : words;
    const does = rest[0] === 'bolt' && verbs.every((verb, i) => rest[i + 1] === verb);
    return does ? [{ where, command, lab: words !== rest, rest: rest.slice(verbs.length + 1) }] : [];
  });

/** The `name=value` words of a command; what is JSON stands for the value that it is. */
function parametersOf(words: readonly string[]): [string, unknown][] {
  return words.flatMap((word): [string, unknown][] => {
    const [, name, value] = /^([a-z_]+)=(.*)$/s.exec(word) ?? [];
    if (name === undefined || value === undefined) return [];
    try {
      return [[name, JSON.parse(value)]];
    } catch {
      return [[name, value]];
    }
  });
}

describe('code of Puppet', () => {
  test('compiles', async () => {
    const blocks = blocksOf('puppet');
    expect(blocks.length).toBeGreaterThan(8);
    expect(await wrongWith(blocks.map(({ where, text }) => ({ where, code: text })))).toEqual([]);
  });

  test('compiles under bolt apply, as the commands have it', async () => {
    const applies = bolt('apply').map(({ where, rest }) => ({
      where,
      code: rest[rest.indexOf('-e') + 1] as string,
      bolt: true,
    }));
    expect(applies.length).toBeGreaterThan(1);
    expect(await wrongWith(applies)).toEqual([]);
  });

  test('takes the data for Hiera, whose keys the module knows', async () => {
    const blocks = blocksOf('yaml').filter(({ text }) => text.includes('clone_army::'));
    expect(blocks.length).toBeGreaterThan(2);
    const hiera = (text: string) => ({
      'hiera.yaml':
        'version: 5\nhierarchy:\n  - { name: all, datadir: data, data_hash: yaml_data, path: all.yaml }\n',
      'data/all.yaml': text,
    });
    expect(
      await wrongWith(
        blocks.map(({ where, text }) => ({ where, code: 'include clone_army', hiera: hiera(text) })),
      ),
    ).toEqual([]);

    const reference = await readFile(path.join(MODULE, 'REFERENCE.md'), 'utf8');
    const data = await readFile(path.join(MODULE, 'data/common.yaml'), 'utf8');
    for (const key of blocks.flatMap(({ text }) => Object.keys(parse(text)))) {
      const [, scope = '', name = ''] = /^(.*)::(\w+)$/.exec(key) ?? [];
      const known =
        reference.includes(`name="-${scope.replaceAll('::', '--')}--${name}"`) || data.includes(`\n${key}:`);
      expect({ key, known }).toEqual({ key, known: true });
    }
  });
});

describe('commands', () => {
  test('name a target, unless the lab adds it', () => {
    const without = [...bolt('apply'), ...bolt('task', 'run'), ...bolt('plan', 'run')].filter(
      ({ lab, rest }) => !lab && !rest.includes('--targets'),
    );
    expect(without).toEqual([]);
  });

  test('run tasks with parameters that these accept', async () => {
    const runs = bolt('task', 'run');
    expect(runs.length).toBeGreaterThan(10);
    for (const { command, rest } of runs) {
      const [task = '', ...words] = rest;
      const input = JSON.stringify({ ...Object.fromEntries(parametersOf(words)), _noop: true });
      const program = path.join(MODULE, `tasks/${task.replace('clone_army::', '')}.js`);
      const { stdout } = await execa('node', [program], { input, reject: false });
      const { kind } = JSON.parse(stdout)._error;
      // Beyond its input, no task gets far on a machine without a fleet.
      expect({ command, kind }).toEqual({
        command,
        kind: expect.stringMatching(/^clone_army\/(no-fleet|no-systemd|not-root)$/),
      });
    }
  });

  test('run plans with parameters that these accept', async () => {
    const runs = bolt('plan', 'run');
    expect(runs.length).toBeGreaterThan(2);
    const project = path.join(scratch, 'bolt');
    await fs.outputFile(path.join(project, 'bolt-project.yaml'), 'name: checks\nanalytics: false\n');
    const types = new Map<string, Record<string, { type: string }>>();
    for (const plan of new Set(runs.map(({ rest }) => rest[0] as string))) {
      const words = [
        'bolt',
        'plan',
        'show',
        plan,
        '--project',
        project,
        '--modulepath',
        path.dirname(MODULE),
      ];
      const { output } = await gem([...words, '--format', 'json'], REPO);
      types.set(plan, JSON.parse(output.slice(output.indexOf('{'))).parameters);
    }
    const requests = runs.flatMap(({ command, rest: [plan = '', ...words] }) =>
      parametersOf(words).map(([name, value]) => ({
        where: `${command}: ${name}`,
        type: types.get(plan)?.[name]?.type ?? `No_parameter_${name}`,
        value,
      })),
    );
    expect(await wrongWith(requests)).toEqual([]);
    const settings = runs.flatMap(({ command, rest }) => {
      const { master, num_clones, parameters } = Object.fromEntries(parametersOf(rest)) as Record<
        string,
        unknown
      >;
      if (master === undefined) return [];
      const all = JSON.stringify({ ...(parameters as object), master, num_clones });
      const code = `class { 'clone_army': * => ${all.replaceAll('":', '"=>')} }`;
      return [{ where: command, code, bolt: true }];
    });
    expect(await wrongWith(settings)).toEqual([]);
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
      ({ words }) => !known(words.filter((word, i) => i > 0 || !/^[A-Z_]+=/.test(word))),
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
  const code = () =>
    pages.flatMap(({ file, spans, blocks }) =>
      [...spans, ...blocks.map(({ text }) => text)].map((text) => ({ file, text })),
    );
  const STATE =
    /^\/var\/lib\/puppet-clone-army(\/(\.service|\.timer|<base>|debian-1\d|[\w<>*-]+-(overlay|workdir|replaced))(\/.*)?)?$/;

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
    expect(column.length).toBeGreaterThan(10);
    const text = source.replaceAll(/ \\\n\s*/g, ' ');
    const known = (message: string) =>
      message
        .split('…')
        .map((part) => part.trim())
        .every((part) => text.includes(part) || FOREIGN.some((some) => part.includes(some)));
    expect(column.filter(({ message }) => !known(message))).toEqual([]);
  });

  test('inline code with an underscore is a word of the module', () => {
    const words = pages
      .filter(({ file }) => /^(README|docs\/)/.test(file))
      .flatMap(({ file, spans }) =>
        spans.filter((span) => /^[a-z]+(_[a-z]+)+$/.test(span)).map((word) => ({ file, word })),
      );
    expect(words.filter(({ word }) => !source.includes(word))).toEqual([]);
  });
});

describe('figures', () => {
  test('the table of sizes is what the class says', async () => {
    const requests = SIZES.flatMap((size) =>
      (['service', 'timer'] as const).flatMap((mode) => {
        const facts = { memory_mib: size.memoryGib * 1024, cores: size.cores };
        const { most } = fleetSize(size, mode);
        const code = (count: string) => `class { 'clone_army': run_mode => '${mode}', ${count} }`;
        return [
          { ...facts, code: code('') },
          { ...facts, code: code(`num_clones => ${most}`) },
          { ...facts, code: code(`num_clones => ${most + 1}`) },
        ];
      }),
    );
    const answers = await ask(requests);
    const clones = ({ files: made }: Answer) =>
      JSON.parse(made?.['/etc/puppet-clone-army/fleet.json'] ?? 'null')?.groups[0].count ?? null;
    const want = SIZES.flatMap((size) =>
      (['service', 'timer'] as const).flatMap((mode) => {
        const { byDefault, most } = fleetSize(size, mode);
        return [byDefault, most, null];
      }),
    );
    expect(answers.map(clones)).toEqual(want);
  });

  test('sums add up', async () => {
    const text = await readFile(path.join(REPO, 'docs/sizing.md'), 'utf8');
    const sums = [...text.matchAll(/(?<=\s)([\d(][\d,() +\-x/\n]*[\d)]) = ([\d,]+)/g)];
    expect(sums.length).toBeGreaterThan(4);
    for (const [all, left = '', right = ''] of sums) {
      const value = new Function(`return Math.floor(${left.replaceAll(',', '').replaceAll('x', '*')})`)();
      expect({ all, value }).toEqual({ all, value: Number(right.replaceAll(',', '')) });
    }
  });
});

describe('walks', () => {
  /** Runs a block with all of its paths in another root, and with tools that only say what they were asked. */
  async function walk(block: Block, root: string): Promise<void> {
    const stubs = ['systemctl', 'machinectl', 'findmnt', 'vi']
      .map((name) => `${name}() { echo "${name} $*"; }`)
      .join('\n');
    const text = block.text.replaceAll(/(?<=^|\s)\/(?=etc|usr|var)/g, `${root}/`);
    await execa('bash', ['-euc', `${stubs}\n${text}`]);
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

  test('nothing is left of a fleet that is removed', async () => {
    const root = await hostWith(
      '/var/lib/puppet-clone-army/clone1-overlay/etc/hostname',
      '/var/lib/puppet-clone-army/debian-13/usr/bin/puppet',
      '/etc/systemd/system/puppet-clone-army@clone3.service',
    );
    await mkdir(path.join(root, 'var/lib/machines/clone1'), { recursive: true });
    await walk(blockUnder(pageOf('docs/operating.md'), 'Remove a fleet'), root);
    expect((await readTree(root)).filter((file) => /clone/.test(file))).toEqual([]);
    expect(await readdir(path.join(root, 'var/lib/machines'))).toEqual([]);
  });

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
    await walk(blockUnder(pageOf('docs/operating.md'), 'Reset a clone'), root);
    const left = (await readdir(path.join(root, state))).filter((name) => name.startsWith('clone'));
    expect(left.sort()).toEqual(['clone4-overlay', 'clone4-workdir']);
  });
});

describe('links', () => {
  /** Relative links that lead nowhere, from a page below a folder. */
  async function broken(folder: string, { file, links }: Page): Promise<string[]> {
    const bad = await Promise.all(
      links
        .filter((link) => !/^[a-z]+:/.test(link))
        .map(async (link) => {
          const [to = '', anchor] = link.split('#');
          const target = to === '' ? file : path.join(path.dirname(file), to);
          const status = await stat(path.join(folder, target)).catch(() => undefined);
          if (!status) return `${file} -> ${link}`;
          if (anchor === undefined || !target.endsWith('.md')) return undefined;
          const { anchors } = await readPage(folder, target);
          return anchors.includes(anchor) ? undefined : `${file} -> ${link}`;
        }),
    );
    return bad.filter((link) => link !== undefined);
  }

  test.each(PAGES)('in %s lead somewhere in a checkout', async (file) => {
    expect(await broken(REPO, pageOf(file))).toEqual([]);
  });

  test('lead somewhere in the module', async () => {
    const emitted = (await readTree(MODULE)).filter((file) => /\.md$/.test(file) && file !== 'REFERENCE.md');
    const all = await Promise.all(emitted.map(async (file) => broken(MODULE, await readPage(MODULE, file))));
    expect(emitted.length).toBeGreaterThan(7);
    expect(all.flat()).toEqual([]);
  });

  test("in the module's README lead to the repository, where the Forge shows it alone", async () => {
    const { source: repository, version } = await fs.readJson(path.join(REPO, 'metadata.json'));
    const { links } = await readPage(MODULE, 'README.md');
    expect(links.filter((link) => !/^(https:|#)/.test(link))).toEqual([]);
    const here = links.filter((link) => link.startsWith(repository)).map((link) => link.replace(/#.*/, ''));
    expect(here.length).toBeGreaterThan(10);
    for (const link of here) {
      const [, file = ''] = new RegExp(`^${repository}/(?:blob|raw)/v${version}/(.*)$`).exec(link) ?? [];
      expect({ link, exists: file !== '' && (await fs.pathExists(path.join(REPO, file))) }).toEqual({
        link,
        exists: true,
      });
    }
  });
});

test('README.md is short, and so are its tables', async () => {
  const text = await readFile(path.join(REPO, 'README.md'), 'utf8');
  expect(text.split('\n').length).toBeLessThanOrEqual(201);
  const costs = pageOf('README.md').tables.find(({ header }) => header[0]?.text === 'figure');
  expect(costs?.rows.length).toBeLessThanOrEqual(8);
});
