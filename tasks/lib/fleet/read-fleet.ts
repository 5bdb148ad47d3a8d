import * as fs from 'node:fs';
import { type Fleet, RUN_MODES } from '../../../model/fleet.ts';
import { SCHEMAS } from '../../../model/limits.ts';
import type { Schema } from '../../../model/schema.ts';
import { TaskError } from '../contract/errors.ts';
import type { Host } from '../contract/host.ts';
import { violations } from '../contract/schema.ts';

const VERSION: Fleet['version'] = 1;

/** Schema of a {@link Fleet}. It ignores unknown keys, so that later versions of the module can add some. */
const SCHEMA: Schema = {
  type: 'object',
  required: ['version', 'host', 'server', 'run_mode', 'lanes', 'groups'],
  properties: {
    version: { type: 'integer', minimum: VERSION, maximum: VERSION },
    host: SCHEMAS.certname,
    server: SCHEMAS.certname,
    run_mode: { type: 'string', enum: RUN_MODES },
    lanes: { type: 'integer', minimum: 1 },
    concurrent_runs: { type: 'integer', minimum: 1 },
    groups: {
      type: 'array',
      items: {
        type: 'object',
        required: ['base', 'prefix', 'first', 'count'],
        properties: {
          base: SCHEMAS.name,
          prefix: SCHEMAS.prefix,
          first: { type: 'integer', minimum: 0 },
          count: SCHEMAS.count,
        },
      },
    },
  },
};

/**
 * Reads the definition of this host's fleet, which Puppet wrote.
 *
 * @throws TaskError `no-fleet` if there is none because the class was never applied, `bad-fleet` if it is invalid
 */
export function readFleet({ names, root }: Host): Fleet {
  const file = names.fleetFile;
  const remedy = `apply class ${names.module} again to rewrite it`;

  let text: string;
  try {
    text = fs.readFileSync(`${root}${file}`, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') {
      throw new TaskError(
        'no-fleet',
        `No fleet on this host: apply class ${names.module} first. ${file} does not exist`,
        { file },
      );
    }
    throw new TaskError('bad-fleet', `${file} cannot be read: ${message}`, { file });
  }

  let fleet: unknown;
  try {
    fleet = JSON.parse(text);
  } catch (error) {
    throw new TaskError('bad-fleet', `${file} is not valid JSON: ${(error as Error).message}; ${remedy}`, {
      file,
    });
  }
  const problems = violations(SCHEMA, fleet).map(
    ({ instancePath, message }) => `${instancePath || 'the file'} ${message}`,
  );
  if (problems.length > 0) {
    throw new TaskError(
      'bad-fleet',
      `${file} is not a valid fleet definition: ${problems.join('; ')}; ${remedy}`,
      {
        file,
        problems,
      },
    );
  }
  return fleet as Fleet;
}
