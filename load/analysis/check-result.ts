import { Ajv } from 'ajv';
import type { Result } from '../../model/load/result.ts';
import { RESULT_SCHEMA } from './result.schema.ts';

/**
 * Checks a result against its published schema.
 *
 * @throws Error with the first violation
 */
export function checkResult(result: Result): void {
  const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(RESULT_SCHEMA);
  if (validate(result)) return;
  const { instancePath, message } = validate.errors?.[0] ?? {};
  throw new Error(`The result is not as its schema says: ${instancePath || 'it'} ${message}`);
}
