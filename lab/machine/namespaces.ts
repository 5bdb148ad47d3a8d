/**
 * A command in mount and process namespaces of its own. When it ends, or the process that started it is killed, all of
 * its processes and mounts are gone.
 */
export function inOwnNamespaces(command: readonly string[]): [string, ...string[]] {
  const unshare = ['unshare', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
  return ['setpriv', '--pdeathsig', 'KILL', ...unshare, ...command];
}
