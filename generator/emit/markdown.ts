import { familiesOf } from '../../model/families.ts';
import type { Model } from '../../model/model.ts';
import type { Project, TaskSource } from '../project.ts';
import { puppetType } from './puppet-type.ts';
import { rename } from './rename.ts';
import { describe } from './tasks.ts';
import { flavourTried, hostTried } from './tried.ts';
import { wrap } from './wrap.ts';

/** What a module is for and can do, by the names that templates and the README know it by. */
export function parts({ model, tasks: sources }: Project) {
  return {
    hosts: hosts(model),
    images: images(model),
    flavours: flavours(model),
    tasks: tasks(model, sources),
  };
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

/** Tasks with their parameters. */
function tasks({ names }: Model, sources: readonly TaskSource[]): string {
  const sections = sources.map(({ name, definition }) => {
    const rows = Object.entries(definition.parameters).map(([key, parameter]) => [
      `\`${key}\``,
      `\`${puppetType(parameter.schema)}\``,
      describe(parameter),
    ]);
    const parameters = rows.length === 0 ? [] : ['', table(['parameter', 'type', 'meaning'], rows)];
    return [`### \`${names.module}::${name}\``, '', definition.description, ...parameters].join('\n');
  });
  return rename(sections.join('\n\n'), names);
}

/** A table of Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
