/**
 * Writes a JSON Schema pattern as a Puppet regular expression literal.
 *
 * `^` and `$` become `\A` and `\z`, because in Ruby the former match at every line. Puppet cannot say "of this
 * pattern and of this length", so the length goes into the pattern, as a lookahead at its beginning.
 */
export function puppetRegexp(
  pattern: string,
  length: { min?: number | undefined; max?: number | undefined } = {},
): string {
  const ruby = escapeForRuby(pattern);
  if (length.min === undefined && length.max === undefined) return `/${ruby}/`;
  if (!ruby.startsWith('\\A') || hasAlternatives(pattern)) {
    throw new Error(
      `The pattern "${pattern}" has to begin with "^", and its alternatives to stand in parentheses, to be limited in length as well`,
    );
  }
  return `/\\A(?=.{${length.min ?? 0},${length.max ?? ''}}\\z)${ruby.slice('\\A'.length)}/`;
}

/** Anchors and slashes; what stands behind a backslash is left alone, and so are anchors within brackets. */
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

/** Whether a `|` stands outside of all groups, where a lookahead before it would cover the first alternative only. */
function hasAlternatives(pattern: string): boolean {
  let rest = pattern.replaceAll(/\\.|\[(\\.|[^\]\\])*\]/gs, '');
  while (/\([^()]*\)/.test(rest)) rest = rest.replaceAll(/\([^()]*\)/g, '');
  return rest.includes('|');
}
