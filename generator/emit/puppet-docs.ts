/** A parameter of a class or a plan, as its manifest documents it. */
export interface DocumentedParameter {
  readonly name: string;
  /** The first sentence about it. */
  readonly summary: string;
  /** Puppet code of its default value, if the manifest has one. */
  readonly default: string | undefined;
}

/** The `@summary` of a manifest. */
export function summaryOf(manifest: string): string {
  return /^# @summary (.+)$/m.exec(manifest)?.[1] ?? '';
}

/** The parameters that a manifest documents, in the order of their `@param` tags. */
export function parametersOf(manifest: string): DocumentedParameter[] {
  const tags = [...manifest.matchAll(/^# @param (\w+)\n((?:# {3}.*\n)+)/gm)];
  return tags.map(([, name = '', comment = '']) => {
    const text = comment
      .replace(/^# {3}/gm, '')
      .trim()
      .replace(/\s+/g, ' ');
    const [, value] = new RegExp(`^ {2}[A-Z].* \\$${name} += (.+?),?$`, 'm').exec(manifest) ?? [];
    return {
      name,
      summary: /^.*?[.](?= |$)|^.*$/.exec(text)?.[0] ?? text,
      default: value,
    };
  });
}
