import type { Answer, InputOf, TaskDefinition } from '../model/task.ts';
import { BASE, DETAIL, KEEP_CERTIFICATE, RESET_CLONES, TIMEOUT } from './lib/answer/parameters.ts';
import { agentReader, sslFolderOf } from './lib/clone/agent.ts';
import { TaskError } from './lib/contract/errors.ts';
import type { Host } from './lib/contract/host.ts';
import type { TaskContext } from './lib/contract/task-module.ts';
import { type Kept, resetOf } from './lib/fleet/reset.ts';
import { runTransition } from './lib/fleet/transition.ts';

export const definition = {
  name: 'reset',
  description:
    'Throw away everything that clones and their users have changed, except for the certificates, and restart those that were running.',
  supportsNoop: true,
  parameters: {
    clones: RESET_CLONES,
    base: BASE,
    keep_certificate: KEEP_CERTIFICATE,
    timeout: TIMEOUT,
    detail: DETAIL,
  },
} as const satisfies TaskDefinition;

/**
 * Resets clones.
 *
 * @throws TaskError `bad-input` if no clones are selected, so that nobody resets a whole fleet by accident
 */
export async function run(
  { keep_certificate, ...input }: InputOf<typeof definition>,
  context: TaskContext,
): Promise<Answer> {
  if (input.clones === undefined && input.base === undefined) {
    throw new TaskError(
      'bad-input',
      "Task reset was not run: no clones are selected. Choose them with clones or base; clones='*' resets the whole fleet",
    );
  }
  const { host } = context;
  const next = keep_certificate
    ? undefined
    : `They have new keys. Remove their old certificates from the server with plan ${host.names.module}::clean or puppetserver ca clean; until then it refuses them`;
  return runTransition(
    resetOf(keep_certificate ? folders(host) : () => ({ folder: '' }), next),
    input,
    context,
  );
}

/** Creates a function that finds the folder of a clone's certificate. */
function folders(host: Host): (clone: { readonly base: string }) => Kept {
  const agentOf = agentReader(host);
  return ({ base }) => {
    const folder = sslFolderOf(agentOf(base) ?? {});
    if (folder !== undefined) return { folder };
    return {
      problem: `base image ${base} does not record where its agent keeps certificates: apply class ${host.names.module} again, or set keep_certificate=false`,
    };
  };
}
