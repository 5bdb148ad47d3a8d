import { Ajv, type ErrorObject, type SchemaObject } from 'ajv';
import type { Problem } from '../problem.ts';
import { suggest } from '../suggest.ts';
import { itemsOf, type Path } from './path.ts';
import type { Source } from './source.ts';

/** Everything in the file that the schema does not allow, each at its place in the file. */
export function checkSchema(source: Source, schema: SchemaObject): Problem[] {
  if (source.data === undefined) return [];
  const validate = new Ajv({ allErrors: true, verbose: true }).compile(schema);
  if (validate(source.data)) return [];
  // "propertyNames" repeats what the error about the name itself says.
  return (validate.errors ?? [])
    .filter(({ keyword }) => keyword !== 'propertyNames')
    .map((error) => toProblem(source, error));
}

function toProblem(source: Source, error: ErrorObject): Problem {
  const path = pathOf(source, error.instancePath);
  const { keyword, params, parentSchema } = error;

  if (error.propertyName !== undefined) {
    return source.problem([...path, error.propertyName], `as a name ${describe(error)}`, { of: 'key' });
  }
  switch (keyword) {
    case 'additionalProperties': {
      const key = String(params.additionalProperty);
      const allowed = Object.keys(parentSchema?.properties ?? {});
      const message = `is no key that is known here; known are ${allowed.join(', ')}`;
      return source.problem([...path, key], message, {
        of: 'key',
        allowed,
        suggestion: suggest(key, allowed),
      });
    }
    case 'required':
      return source.problem([...path, String(params.missingProperty)], 'is missing', { of: 'key' });
    case 'enum': {
      const allowed = itemsOf(params.allowedValues).map(String);
      return notAmong(source, path, allowed);
    }
    default:
      return source.problem(path, describe(error));
  }
}

/** The problem of a value that is none of those allowed. */
export function notAmong(source: Source, path: Path, allowed: readonly string[], why = ''): Problem {
  const list = allowed.length === 0 ? 'cannot be used: there is none' : `is not among ${allowed.join(', ')}`;
  return source.problem(path, `${list}${why}`, {
    allowed,
    suggestion: suggest(String(source.at(path)), allowed),
  });
}

function describe({ keyword, params, parentSchema, message, data }: ErrorObject): string {
  const what = parentSchema?.description === undefined ? '' : ` (${parentSchema.description})`;
  switch (keyword) {
    case 'type':
      return `is not of type ${params.type}${params.type === 'string' && typeof data === 'number' ? '; put it in quotes' : ''}`;
    case 'pattern':
      return `does not match ${params.pattern}${what}`;
    case 'maxLength':
      return `has ${[...String(data)].length} characters; at most ${params.limit} are allowed${what}`;
    case 'uniqueItems':
      return `has the same item at ${Math.min(params.i, params.j)} and at ${Math.max(params.i, params.j)}`;
    default:
      return message ?? `breaks the rule "${keyword}"`;
  }
}

/** Ajv says where by a JSON pointer, in which an index looks like a key. */
function pathOf(source: Source, pointer: string): Path {
  const path: (string | number)[] = [];
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(Array.isArray(source.at(path)) ? Number(key) : key);
  }
  return path;
}
