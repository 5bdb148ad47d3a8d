import type { Host } from '../../lab/host/host.ts';
import { MODULES } from '../../lab/server/paths.ts';
import type { Applied } from '../side.ts';

/** Exit codes of `puppet apply --detailed-exitcodes`. */
const UNCHANGED = 0;
const CHANGED = 2;

/**
 * Applies Puppet code on the host, without Bolt.
 *
 * @param modules - Folder of the host that contains the modules
 */
export async function puppetApply(host: Host, code: string, modules = MODULES): Promise<Applied> {
  const command = `puppet apply --detailed-exitcodes --color=false --modulepath=${modules}`;
  const { exitCode, output, seconds } = await timed(host, command, code);
  if (exitCode !== UNCHANGED && exitCode !== CHANGED)
    throw new Error(`puppet apply exited with ${exitCode}: ${output}`);
  return { seconds, changed: exitCode === CHANGED };
}

/** Runs a command in a shell on the host and measures its time there, without that of ssh. */
export async function timed(
  host: Host,
  command: string,
  input = '',
): Promise<{ seconds: number; exitCode: number | undefined; output: string }> {
  const script = `began=$(date +%s%N); ${command}; code=$?; echo $((($(date +%s%N) - began) / 1000000)); exit $code`;
  const { exitCode, all } = await host.ssh([script], { input, stdin: 'pipe', all: true, reject: false });
  const [, output, milliseconds] = /^(.*?)(\d+)$/s.exec(String(all).trim()) ?? [];
  if (milliseconds === undefined) throw new Error(`${command} printed no duration: ${all}`);
  return { seconds: Number(milliseconds) / 1000, exitCode, output: output as string };
}
