import { Ajv } from 'ajv';
import type { Result } from '../../model/load/result.ts';
import { RESULT_SCHEMA } from './result.schema.ts';

/** Compiles the schema once: that takes longer than a validation. */
const ajv = new Ajv({ strict: true, allowUnionTypes: true });

/** Says where a value is not as the schema of results says, and how; null if it is. */
export function resultViolation(value: unknown): string | null {
  const validate = ajv.compile(RESULT_SCHEMA);
  if (validate(value)) return null;
  const { instancePath, message } = validate.errors?.[0] ?? {};
  return `${instancePath || 'it'} ${message}`;
}

/**
 * Checks a result against its published schema.
 *
 * @throws Error with the first violation
 */
export function checkResult(result: Result): void {
  const violation = resultViolation(result);
  if (violation !== null) throw new Error(`The result is not as its schema says: ${violation}`);
}
