import type { Model } from '../model/model.ts';
import { puppetType } from '../model/puppet-type.ts';
import type { TaskSource } from '../project.ts';
import { rename } from './rename.ts';
import { describe } from './tasks.ts';

/** Systems that hosts may run, one to a line. */
export function hosts({ metadata }: Model): string {
  return list(
    metadata.operatingsystem_support.map(
      (os) => `${os.operatingsystem} ${os.operatingsystemrelease.join(', ')}`,
    ),
  );
}

/** Images that come with the module, one to a line. */
export function images(model: Model): string {
  return list(
    Object.entries(model.images).map(
      ([name, { os, release, suite }]) => `\`${name}\`: ${os} ${release} (${suite})`,
    ),
  );
}

/** Tasks with their parameters. */
export function tasks({ names }: Model, sources: readonly TaskSource[]): string {
  const sections = sources.map(({ name, definition }) => {
    const rows = Object.entries(definition.parameters).map(
      ([key, parameter]) =>
        `| \`${key}\` | \`${cell(puppetType(parameter.schema))}\` | ${cell(describe(parameter))} |`,
    );
    const table =
      rows.length === 0 ? [] : ['', '| parameter | type | meaning |', '| --- | --- | --- |', ...rows];
    return [`### \`${names.module}::${name}\``, '', definition.description, ...table].join('\n');
  });
  return rename(sections.join('\n\n'), names);
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
