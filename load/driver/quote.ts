/** Quotes a word for a POSIX shell. */
export function shellWord(text: string): string {
  return `'${text.replace(/'/g, "'\\''")}'`;
}
