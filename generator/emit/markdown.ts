import { familiesOf } from '../../model/families.ts';
import type { Model } from '../../model/model.ts';
import type { Project, TaskSource } from '../project.ts';
import { parametersOf, summaryOf } from './puppet-docs.ts';
import { rename } from './rename.ts';
import { fleetSize, SIZES } from './sizes.ts';
import { flavourTried, hostTried } from './tried.ts';
import { wrap } from './wrap.ts';

/** Generated tables and lists, by the names that templates and pages know them by. */
export function parts(project: Project) {
  const { model, tasks: sources } = project;
  return {
    install: install(model),
    hosts: hosts(model),
    images: images(model),
    flavours: flavours(model),
    parameters: parameters(project),
    tasks: tasks(model, sources),
    plans: plans(project),
    sizes: sizes(),
  };
}

/** The line of a Puppetfile. */
function install({ metadata }: Model): string {
  return `    mod '${metadata.name}', '${metadata.version}'`;
}

/** Parameters of the class. */
function parameters({ model, sources }: Project): string {
  const text = sources.find(({ path }) => path === 'manifests/init.pp')?.content.toString() ?? '';
  const defaults = new Map<string, unknown>(Object.entries(model.defaults));
  const rows = parametersOf(text).map(({ name, summary, default: code }) => {
    const value = defaults.get(name) ?? code;
    const unset = value === undefined || value === 'undef' || value === '{}';
    return [`\`${name}\``, unset ? '-' : `\`${value}\``, summary];
  });
  return rename(table(['parameter', 'default', 'meaning'], rows), model.names);
}

/** Public plans with their parameters. */
function plans({ model, sources }: Project): string {
  const manifests = model.parts.plans ? sources.filter(({ path }) => /^plans\/[^/]+\.pp$/.test(path)) : [];
  if (manifests.length === 0) return 'This module comes without plans.';
  const rows = manifests.map(({ path, content }) => {
    const text = content.toString();
    const names = parametersOf(text).map(({ name }) => `\`${name}\``);
    const plan = path.slice('plans/'.length, -'.pp'.length);
    return [`\`${model.names.module}::${plan}\``, names.join(', '), `${summaryOf(text)}.`];
  });
  return rename(table(['plan', 'parameters', 'what it does'], rows), model.names);
}

/** How many clones a host holds, for hosts of several sizes. */
function sizes(): string {
  const rows = SIZES.map((size) => {
    const [service, timer] = [fleetSize(size, 'service'), fleetSize(size, 'timer')];
    const counts = [service.byDefault, service.most, timer.byDefault, timer.most];
    return [
      `${size.memoryGib} GiB`,
      String(size.cores),
      ...counts.map((count) => count.toLocaleString('en')),
    ];
  });
  const head = [
    'memory',
    'cores',
    '`service`: default',
    '`service`: most',
    '`timer`: default',
    '`timer`: most',
  ];
  return table(head, rows);
}

/** Systems that hosts may run, and how far each has been tried. */
function hosts({ metadata }: Model): string {
  const rows = metadata.operatingsystem_support.flatMap(({ operatingsystem: os, operatingsystemrelease }) => {
    const ways = new Set(operatingsystemrelease.map((release) => hostTried(os, release)));
    return [...ways].map((tried) => {
      const releases = operatingsystemrelease.filter((release) => hostTried(os, release) === tried);
      return [os, releases.join(', '), tried];
    });
  });
  return table(['hosts', 'releases', 'tried'], rows);
}

/** Ways to get an agent into a base image: what each takes, and how far it has been tried in images of each family. */
function flavours({ images, flavours }: Model): string {
  const families = [...new Set(Object.values(familiesOf(images)))].sort();
  const rows = Object.entries(flavours).map(([name, { description, families: its, takes, needs = [] }]) => {
    const tried = families.map((family) => (its.includes(family) ? flavourTried(name, family) : '-'));
    const options = [
      ...needs.map((option) => `**\`${option}\`**`),
      ...takes.map((option) => `\`${option}\``),
    ];
    return [`\`${name}\``, description, options.join(', '), ...tried];
  });
  const notes = Object.entries(flavours).flatMap(([name, { note }]) =>
    note ? [wrap(`- \`${name}\` ${note}`, 118).join('\n  ')] : [],
  );
  const head = ['flavour', 'the agent', 'options', ...families.map((family) => `${family} images`)];
  return [table(head, rows), ...(notes.length === 0 ? [] : ['', ...notes])].join('\n');
}

/** Images that come with the module, a line for each system. */
function images({ images }: Model): string {
  const lines = Object.keys(familiesOf(images)).map((system) => {
    const names = Object.keys(images).filter((name) => images[name]?.os === system);
    return `- ${system}: ${names.map((name) => `\`${name}\``).join(', ')}`;
  });
  return lines.join('\n');
}

/** Public tasks, a row each. */
function tasks({ names }: Model, sources: readonly TaskSource[]): string {
  const listed = sources.filter(({ definition }) => !definition.private);
  const rows = listed.map(({ name, definition }) => {
    const parameters = Object.keys(definition.parameters).map((key) => `\`${key}\``);
    return [`\`${names.module}::${name}\``, parameters.join(', '), definition.description];
  });
  return rename(table(['task', 'parameters', 'what it does'], rows), names);
}

/** A table of Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
