/** A check of a test, as CI systems show it. */
export interface JunitCase {
  readonly name: string;
  /** Why it failed; null if it passed. */
  readonly failure: string | null;
}

/** Checks that belong together. */
export interface JunitSuite {
  readonly name: string;
  /** ISO 8601. */
  readonly timestamp: string;
  readonly seconds: number;
  readonly cases: readonly JunitCase[];
  /** Text for people. */
  readonly output: string;
}

/** Formats a suite as a JUnit XML file. */
export function junit({ name, timestamp, seconds, cases, output }: JunitSuite): string {
  const failures = cases.filter(({ failure }) => failure !== null).length;
  const suite = attributes({
    name,
    tests: String(cases.length),
    failures: String(failures),
    errors: '0',
    skipped: '0',
    // Its type in the schema has neither fractions nor a time zone: it is UTC.
    timestamp: timestamp.slice(0, 19),
    time: seconds.toFixed(3),
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites><testsuite${suite}>`,
    ...cases.map((each) => testCase(name, each)),
    `<system-out>${escaped(output)}</system-out>`,
    '</testsuite></testsuites>',
    '',
  ].join('\n');
}

function testCase(suite: string, { name, failure }: JunitCase): string {
  const start = `<testcase${attributes({ classname: suite, name, time: '0' })}`;
  return failure === null
    ? `${start}/>`
    : `${start}><failure${attributes({ message: failure })}/></testcase>`;
}

function attributes(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(value)}"`)
    .join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};

/** Characters that XML 1.0 cannot express in any way, lone surrogates among them. */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

function escaped(text: string): string {
  return text
    .replace(FORBIDDEN, '\uFFFD')
    .replace(/[&<>"\n\r\t]/g, (character) => ENTITIES[character] as string);
}
