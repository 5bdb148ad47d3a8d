import type { SchemaObject } from 'ajv';
import { RESULT_SCHEMA } from '../../load/analysis/result.schema.ts';
import { COMPARISON_SCHEMA } from '../../load/compare/comparison.schema.ts';
import { PROFILE_SCHEMA } from '../../load/profile/schema.ts';
import type { EmittedFile } from './file.ts';

/** Schemas of files that people write or read, by name. */
const PUBLISHED: Readonly<Record<string, SchemaObject>> = {
  'load-profile': PROFILE_SCHEMA,
  'load-result': RESULT_SCHEMA,
  'load-comparison': COMPARISON_SCHEMA,
};

/** JSON Schemas for editors and for programs of others. */
export function emitSchemas(): EmittedFile[] {
  return Object.entries(PUBLISHED).map(([name, schema]) => ({
    path: `files/schemas/${name}.schema.json`,
    content: `${JSON.stringify(schema, null, 2)}\n`,
    mode: 0o644,
  }));
}
