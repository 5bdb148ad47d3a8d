import { RUN_MODES } from '../../model/fleet.ts';
import { SCHEMAS } from '../../model/limits.ts';
import type { Model } from '../../model/model.ts';
import type { Schema } from '../../model/schema.ts';
import type { EmittedFile } from './file.ts';
import { puppetType } from './puppet-type.ts';
import { capitalize } from './rename.ts';
import { wrap } from './wrap.ts';

/** A Puppet type alias for each schema that Puppet code and the tasks share. */
export function emitTypes(model: Model): EmittedFile[] {
  const schemas: Record<string, Schema> = {
    ...SCHEMAS,
    flavour: {
      type: 'string',
      description: 'How the agent gets into a base image.',
      enum: Object.keys(model.flavours),
    },
    run_mode: { type: 'string', description: 'How agents run in the clones.', enum: RUN_MODES },
  };
  return Object.entries(schemas).map(([name, schema]) => ({
    path: `types/${name}.pp`,
    content: `${comment(schema.description ?? name)}type ${capitalize(model.names.module)}::${capitalize(name)} = ${puppetType(schema)}\n`,
    mode: 0o644,
  }));
}

/** The first sentence becomes the `@summary`, which puppet-strings wants short. The rest follows as text. */
function comment(description: string): string {
  const [summary = '', ...rest] = description.split(/(?<=[.]) +(?=[A-Z])/);
  const lines = [`@summary ${summary.replace(/[.]$/, '')}`];
  if (rest.length > 0) lines.push('', ...wrap(rest.join(' '), 100));
  return lines
    .map((line) => `# ${line}`.trimEnd())
    .join('\n')
    .concat('\n');
}
