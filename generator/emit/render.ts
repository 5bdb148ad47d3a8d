import ejs from 'ejs';
import { IMAGE } from '../../model/image.ts';
import * as values from '../../model/limits.ts';
import type { Schema } from '../../model/schema.ts';
import { ProblemsError } from '../../validation/problem.ts';
import type { Project } from '../project.ts';
import { parts } from './markdown.ts';
import { puppetType } from './puppet-type.ts';
import { throwOnMissingKey } from './throw-on-missing-key.ts';

const { SCHEMAS, ...limits } = values;

/**
 * Returns a function that renders templates. These variables are available in a template:
 *
 * - `model`: the {@link Model}
 * - `limits`: the constants of `model/limits.ts`, such as `limits.HOSTNAME_MAX`
 * - `schemas`: the schemas of `model/limits.ts`, and `schemas.image`
 * - `puppetType(schema)`: the Puppet type of a schema
 * - the generated parts of the documentation, as Markdown, by the names in {@link parts}
 *
 * The function throws a ProblemsError if a template is invalid or reads a missing key.
 */
export function renderer(project: Project): (origin: string, text: string) => string {
  const variables = {
    model: throwOnMissingKey(project.model, 'model'),
    limits: throwOnMissingKey(limits, 'limits'),
    schemas: throwOnMissingKey({ ...SCHEMAS, image: IMAGE }, 'schemas'),
    // puppetType() reads optional keywords, for which the view would throw. Its JSON copy does not.
    puppetType: (schema: Schema) => puppetType(JSON.parse(JSON.stringify(schema))),
    ...parts(project),
  };
  return (origin, text) => {
    try {
      return ejs.render(text, variables, {
        filename: origin,
        // EPP and ERB use "<%".
        openDelimiter: '[',
        closeDelimiter: ']',
        escape: toText,
      });
    } catch (error) {
      throw new ProblemsError([toProblem(origin, error as Error)]);
    }
  };
}

/** Replaces EJS's escaping for HTML: no template is HTML. */
function toText(value: unknown): string {
  if (value === undefined || value === null) throw new ReferenceError(`the value of a tag is ${value}`);
  return String(value);
}

/** EJS errors start with file and line, followed by an excerpt of the template and, at the end, the actual message. */
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
