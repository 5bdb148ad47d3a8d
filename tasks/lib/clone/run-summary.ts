/** Values by name. */
export type Section = Readonly<Record<string, string | number | null>>;

/** Sections by name. */
export type Summary = Readonly<Record<string, Section>>;

const SECTION = /^(\w+):$/;
const VALUE = /^ {2}(\w+):(?: (.*))?$/;
/** Ruby wraps long values. The following lines have a deeper indentation. */
const CONTINUATION = /^ {3,}(.*)$/;

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+(?:e[-+]\d+)?)?$/;

/**
 * Parses the summary of an agent run: the subset of YAML that agents use for sections of numbers and short strings.
 *
 * A full YAML parser takes more than a millisecond per clone, and a container can make it run out of stack with deeply
 * nested data. This parser makes a single pass over the lines and ignores everything that agents do not write.
 */
export function parseSummary(text: string): Summary {
  const sections = new Map<string, Map<string, string>>();
  let section: Map<string, string> | undefined;
  let key: string | undefined;
  for (const line of text.split('\n')) {
    const [, name] = SECTION.exec(line) ?? [];
    const [, entry, value = ''] = VALUE.exec(line) ?? [];
    const [, more] = CONTINUATION.exec(line) ?? [];
    if (name !== undefined) {
      section = new Map();
      sections.set(name, section);
      key = undefined;
    } else if (entry !== undefined) {
      key = entry;
      section?.set(key, value);
    } else if (more !== undefined && key !== undefined) {
      section?.set(key, `${section.get(key)} ${more}`);
    }
  }
  return fromEntries([...sections].map(([name, values]) => [name, fromEntries(scalars(values))]));
}

function scalars(values: ReadonlyMap<string, string>): [string, string | number | null][] {
  return [...values].map(([key, text]) => [key, scalarOf(text)]);
}

function scalarOf(text: string): string | number | null {
  if (text === '' || text === '~' || text === 'null') return null;
  if (NUMBER.test(text)) return Number(text);
  if (/^'.*'$/.test(text)) return text.slice(1, -1).replace(/''/g, "'");
  if (/^".*"$/.test(text)) return unescaped(text);
  return text.replace(/^[|>]-? /, '');
}

/** Ruby mostly uses the escape sequences of JSON. Strings with others are returned unchanged. */
function unescaped(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}

/** Creates an object without a prototype, because the container controls the names. */
function fromEntries<Value>(entries: readonly (readonly [string, Value])[]): Record<string, Value> {
  return Object.assign(Object.create(null), Object.fromEntries(entries));
}
