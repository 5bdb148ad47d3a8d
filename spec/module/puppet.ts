import path from 'node:path';
import { bundleExec } from '../../lab/gems.ts';
import { MODULE } from '../../lab/paths.ts';

/** What puppet.rb can be asked. */
export type Request =
  | {
      /** Puppet code, to be compiled for a node. */
      readonly code: string;
      readonly certname?: string;
      /** Files of the environment with Hiera's configuration and data. */
      readonly hiera?: Readonly<Record<string, string>>;
      readonly memory_mib?: number;
      readonly cores?: number;
      /** What the node's fact `virtual` says. */
      readonly virtual?: string;
      /** Whether Bolt compiles it, rather than a server. */
      readonly bolt?: boolean;
    }
  | { readonly plan: string; readonly parameters: Readonly<Record<string, unknown>> }
  | { readonly puppetfile: string };

/** Its answer: an error, or what the request was for. */
export interface Answer {
  readonly error?: string;
  /** Contents of the catalog's files by path; those of secrets are empty. */
  readonly files?: Readonly<Record<string, string>>;
  /** Name and version of each module in a Puppetfile. */
  readonly modules?: readonly (readonly [string, string])[];
}

/** Asks Puppet, in one process. */
export async function askPuppet(requests: readonly Request[], ...modulepath: string[]): Promise<Answer[]> {
  const script = path.join(import.meta.dirname, 'puppet.rb');
  const { stdout } = await bundleExec(['ruby', script, MODULE, path.dirname(MODULE), ...modulepath], {
    input: JSON.stringify(requests),
  });
  return JSON.parse(stdout);
}
