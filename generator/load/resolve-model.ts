import type { Metadata, Model, ModuleSpec } from '../../model/model.ts';
import { namesOf } from '../../model/names.ts';
import { checkSchema } from '../../validation/check-schema.ts';
import { type Problem, throwProblems } from '../../validation/problem.ts';
import { deepFreeze } from './freeze.ts';
import { METADATA_SCHEMA } from './metadata.schema.ts';
import { MODULE_SCHEMA } from './module.schema.ts';
import { RULES } from './rules/all.ts';
import type { RuleInput } from './rules/rule.ts';

/**
 * Validates both files and builds the model from them.
 *
 * @throws ProblemsError with all problems in both files
 */
export function resolveModel(input: RuleInput): Model {
  const { metadata, module } = input;
  const problems: Problem[] = [
    ...metadata.problems,
    ...module.problems,
    ...checkSchema(metadata, METADATA_SCHEMA),
    ...checkSchema(module, MODULE_SCHEMA),
    ...RULES.flatMap((rule) => rule(input)),
  ];
  throwProblems(problems);

  const identity = metadata.data as Metadata;
  const [author = '', name = ''] = identity.name.split('-');
  return deepFreeze({ metadata: identity, author, names: namesOf(name), ...(module.data as ModuleSpec) });
}
