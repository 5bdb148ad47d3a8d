/** Values by their names. */
export type Section = Readonly<Record<string, string | number | null>>;

/** What a summary holds. */
export type Summary = Readonly<Record<string, Section>>;

const SECTION = /^(\w+):$/;
const VALUE = /^ {2}(\w+):(?: (.*))?$/;
/** What Ruby breaks over several lines is deeper than the line before it. */
const CONTINUATION = /^ {3,}(.*)$/;

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+(?:e[-+]\d+)?)?$/;

/**
 * Reads the summary of a run, which is the part of YAML that an agent writes for sections of numbers and short texts.
 *
 * A reader of all of YAML takes more than a millisecond for each clone of a fleet, and a container can have it run out
 * of stack. This one goes over the lines once, and passes over what no agent wrote.
 */
export function parseSummary(text: string): Summary {
  const sections = new Map<string, Map<string, string>>();
  let section: Map<string, string> | undefined;
  let key: string | undefined;
  for (const line of text.split('\n')) {
    const [, name] = SECTION.exec(line) ?? [];
    const [, word, value = ''] = VALUE.exec(line) ?? [];
    const [, more] = CONTINUATION.exec(line) ?? [];
    if (name !== undefined) {
      section = new Map();
      sections.set(name, section);
      key = undefined;
    } else if (word !== undefined) {
      key = word;
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

/** Ruby escapes in YAML what JSON does; what differs is kept as it is. */
function unescaped(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}

/** Without a prototype, because the container says what the names are. */
function fromEntries<Value>(entries: readonly (readonly [string, Value])[]): Record<string, Value> {
  return Object.assign(Object.create(null), Object.fromEntries(entries));
}
