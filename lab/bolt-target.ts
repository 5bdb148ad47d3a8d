/** Subcommands of Bolt that run on targets. */
const ON_TARGETS = ['apply', 'command', 'task', 'plan', 'script', 'file'];

/** Adds a target to Bolt's arguments if the command takes one and the arguments name none. */
export function withTarget(words: readonly string[], target: string): string[] {
  const hasTarget = words.some((word) => /^(-t|--targets|-q|--query|--rerun)(=|$)/.test(word));
  const takesTarget = ON_TARGETS.includes(words[0] ?? '') && !words.includes('show');
  return takesTarget && !hasTarget ? [...words, '--targets', target] : [...words];
}
