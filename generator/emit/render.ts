import ejs from 'ejs';
import { IMAGE } from '../../model/image.ts';
import * as values from '../../model/limits.ts';
import type { Schema } from '../../model/schema.ts';
import { ProblemsError } from '../problem.ts';
import type { Project } from '../project.ts';
import { parts } from './markdown.ts';
import { puppetType } from './puppet-type.ts';
import { strict } from './strict.ts';

const { SCHEMAS, ...limits } = values;

/**
 * A function that renders templates, with these names in them:
 *
 * - `model`: see {@link Model}; a key that it has not throws
 * - `limits`: the numbers of `model/limits.ts`, such as `limits.HOSTNAME_MAX`
 * - `schemas`: those of `model/limits.ts`, and `schemas.image`
 * - `puppetType(schema)`: the Puppet type of one of them
 * - `hosts`, `images`, `flavours`, `tasks`: what the module is for and can do, as markdown
 */
export function renderer(project: Project): (origin: string, text: string) => string {
  const variables = {
    model: strict(project.model, 'model'),
    limits: strict(limits, 'limits'),
    schemas: strict({ ...SCHEMAS, image: IMAGE }, 'schemas'),
    // A view throws when asked for a keyword that the schema does without; its JSON is the schema as it is.
    puppetType: (schema: Schema) => puppetType(JSON.parse(JSON.stringify(schema))),
    ...parts(project),
  };
  return (origin, text) => {
    try {
      return ejs.render(text, variables, {
        filename: origin,
        // EPP and ERB have "<%" for themselves.
        openDelimiter: '[',
        closeDelimiter: ']',
        escape: toText,
      });
    } catch (error) {
      throw new ProblemsError([toProblem(origin, error as Error)]);
    }
  };
}

/** In place of escaping for HTML, which none of the files is. */
function toText(value: unknown): string {
  if (value === undefined || value === null)
    throw new ReferenceError('a tag has nothing to say: its value is undefined');
  return String(value);
}

/** EJS puts the line in front of the message, and an excerpt of the template between the two. */
function toProblem(origin: string, { message }: Error) {
  const line = message.startsWith(`${origin}:`)
    ? Number.parseInt(message.slice(origin.length + 1), 10)
    : undefined;
  return {
    file: origin,
    line,
    message: line === undefined ? message : (message.split('\n\n').at(-1) ?? message),
  };
}
