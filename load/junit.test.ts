import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { fc } from '../validation/testing/fast-check.ts';
import { type JunitSuite, junit } from './junit.ts';

const SUITE: JunitSuite = {
  name: 'steady',
  timestamp: '2026-11-24T12:00:00.000Z',
  seconds: 600,
  cases: [
    { name: 'failed = 0', failure: null },
    { name: 'p95(total) <= 30s', failure: 'is 41.2 s' },
  ],
  output: 'line 1\nline 2',
};

/** Reads attributes of test cases and the output with a parser of XML. */
function parse(xml: string): [(string | null)[][], string] {
  const program = `
import json, sys, xml.etree.ElementTree as tree
root = tree.fromstring(sys.stdin.buffer.read())
cases = [[case.get("name"), None if case.find("failure") is None else case.find("failure").get("message")] for case in root.iter("testcase")]
print(json.dumps([cases, root.find("testsuite/system-out").text or ""]))`;
  return JSON.parse(execFileSync('python3', ['-c', program], { input: xml, encoding: 'utf8' }));
}

describe('junit', () => {
  test('has a test case for each check', () => {
    expect(junit(SUITE)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites><testsuite name="steady" tests="2" failures="1" errors="0" skipped="0" timestamp="2026-11-24T12:00:00" time="600.000">
<testcase classname="steady" name="failed = 0" time="0"/>
<testcase classname="steady" name="p95(total) &lt;= 30s" time="0"><failure message="is 41.2 s"/></testcase>
<system-out>line 1&#10;line 2</system-out>
</testsuite></testsuites>
`);
  });

  test('is XML that has the text of the checks, whatever it contains', () => {
    const text = fc.string({ unit: 'grapheme' });
    const cases = fc.array(fc.record({ name: text, failure: text }), { minLength: 20, maxLength: 20 });
    fc.assert(
      fc.property(cases, text, (all, output) => {
        const texts = all.map(({ name, failure }) => [name, failure]);
        expect(parse(junit({ ...SUITE, cases: all, output }))).toEqual([texts, output]);
      }),
      { numRuns: 2, examples: [[[{ name: '<&">\'', failure: ']]>\r\n\t' }], '&amp;']] },
    );
  });

  test('replaces characters that XML does not have', () => {
    const cases = [{ name: 'a\u0000b\u001bc\ud800d\uffff', failure: null }];
    expect(parse(junit({ ...SUITE, cases }))[0]).toEqual([['a\ufffdb\ufffdc\ufffdd\ufffd', null]]);
  });
});
