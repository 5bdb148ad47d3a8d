/**
 * Converts a JSON Schema pattern to a Puppet regular expression literal.
 *
 * `^` and `$` become `\A` and `\z`, because in Ruby `^` and `$` match at every line. Puppet has no type that limits both
 * pattern and length, so a length limit becomes a lookahead at the start of the pattern.
 *
 * @throws Error if the pattern has a length limit, but is not anchored with `^` or has alternatives outside of groups
 */
export function puppetRegexp(
  pattern: string,
  length: { min?: number | undefined; max?: number | undefined } = {},
): string {
  const ruby = escapeForRuby(pattern);
  if (length.min === undefined && length.max === undefined) return `/${ruby}/`;
  if (!ruby.startsWith('\\A') || hasAlternatives(pattern)) {
    throw new Error(
      `The pattern "${pattern}" has a length limit, so it must begin with "^" and its alternatives must be in parentheses`,
    );
  }
  return `/\\A(?=.{${length.min ?? 0},${length.max ?? ''}}\\z)${ruby.slice('\\A'.length)}/`;
}

/** Converts anchors and escapes slashes. Escaped characters and anchors in brackets stay as they are. */
function escapeForRuby(pattern: string): string {
  let inBrackets = false;
  return pattern.replaceAll(/\\.|[[\]^$/]/gs, (token) => {
    if (token === '/') return '\\/';
    if (token === '[') inBrackets = true;
    if (token === ']') inBrackets = false;
    if (inBrackets) return token;
    if (token === '^') return '\\A';
    return token === '$' ? '\\z' : token;
  });
}

/** Whether the pattern has a `|` outside of all groups. A lookahead would then apply to the first alternative only. */
function hasAlternatives(pattern: string): boolean {
  let rest = pattern.replaceAll(/\\.|\[(\\.|[^\]\\])*\]/gs, '');
  while (/\([^()]*\)/.test(rest)) rest = rest.replaceAll(/\([^()]*\)/g, '');
  return rest.includes('|');
}
