import { Ajv, type ErrorObject, type SchemaObject } from 'ajv';
import { itemsOf, type KeyPath } from './key-path.ts';
import type { ParsedFile } from './parsed-file.ts';
import type { Problem } from './problem.ts';
import { suggest } from './suggest.ts';

/** Compiles each schema once: that takes longer than a validation. */
const ajv = new Ajv({ allErrors: true, verbose: true, discriminator: true });

/** Validates a file against a schema. Each problem has the position of the invalid value or key. */
export function checkSchema(source: ParsedFile, schema: SchemaObject): Problem[] {
  if (source.data === undefined) return [];
  const validate = ajv.compile(schema);
  if (validate(source.data)) return [];
  // "propertyNames" repeats the error about the name itself.
  return (validate.errors ?? [])
    .filter(({ keyword }) => keyword !== 'propertyNames')
    .map((error) => toProblem(source, error));
}

function toProblem(source: ParsedFile, error: ErrorObject): Problem {
  const path = pathOf(source, error.instancePath);
  const { keyword, params, parentSchema } = error;

  if (error.propertyName !== undefined) {
    return source.problem([...path, error.propertyName], `is an invalid name: ${describe(error)}`, {
      of: 'key',
    });
  }
  switch (keyword) {
    case 'additionalProperties': {
      const key = String(params.additionalProperty);
      const allowed = Object.keys(parentSchema?.properties ?? {});
      const message = `is not a known key; known keys are ${allowed.join(', ')}`;
      return source.problem([...path, key], message, {
        of: 'key',
        allowed,
        suggestion: suggest(key, allowed),
      });
    }
    case 'required':
      return source.problem([...path, String(params.missingProperty)], 'is missing', { of: 'key' });
    case 'enum':
      return notAmong(source, path, itemsOf(params.allowedValues).map(String));
    case 'discriminator':
      return wrongKind(source, [...path, String(params.tag)], parentSchema);
    default:
      return source.problem(path, describe(error));
  }
}

/** The problem of a key that decides which of several schemas holds. */
function wrongKind(source: ParsedFile, path: KeyPath, schema: ErrorObject['parentSchema']): Problem {
  const tag = String(path[path.length - 1]);
  const kinds = itemsOf(schema?.oneOf).map((kind) => String((kind as SchemaObject).properties[tag].const));
  if (source.at(path) !== undefined) return notAmong(source, path, kinds);
  return source.problem(path, `is missing; it is one of ${kinds.join(', ')}`, { of: 'key', allowed: kinds });
}

/**
 * The problem of a value that is not one of those allowed.
 *
 * @param what - What the allowed values are, in the plural: `scripts in files/bootstrap`
 */
export function notAmong(
  source: ParsedFile,
  path: KeyPath,
  allowed: readonly string[],
  what?: string,
): Problem {
  const list = allowed.length === 0 ? 'there are none' : allowed.join(', ');
  const message = what === undefined ? `is not among ${list}` : `is not one of the ${what}: ${list}`;
  return source.problem(path, message, {
    allowed,
    suggestion: suggest(String(source.at(path)), allowed),
  });
}

function describe({ keyword, params, parentSchema, message, data }: ErrorObject): string {
  const what = parentSchema?.description === undefined ? '' : ` (${parentSchema.description})`;
  switch (keyword) {
    case 'type':
      return `is not of type ${params.type}${needsQuotes(parentSchema, data) ? '; put it in quotes' : what}`;
    case 'enum':
      return `is not among ${itemsOf(params.allowedValues).join(', ')}`;
    case 'pattern':
      return `does not match ${params.pattern}${what}`;
    case 'maxLength':
      return `has ${[...String(data)].length} characters; at most ${params.limit} are allowed${what}`;
    case 'uniqueItems':
      return `has the same item at positions ${Math.min(params.i, params.j)} and ${Math.max(params.i, params.j)}`;
    default:
      return message ?? `violates "${keyword}"`;
  }
}

/** Whether a number would be valid as a string. */
function needsQuotes(schema: ErrorObject['parentSchema'], data: unknown): boolean {
  return (
    schema?.type === 'string' &&
    typeof data === 'number' &&
    new RegExp(schema.pattern ?? '').test(String(data))
  );
}

/** Converts Ajv's JSON pointer, in which array indexes look like keys. */
function pathOf(source: ParsedFile, pointer: string): KeyPath {
  const path: (string | number)[] = [];
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replace(/~1/g, '/').replace(/~0/g, '~');
    path.push(Array.isArray(source.at(path)) ? Number(key) : key);
  }
  return path;
}
