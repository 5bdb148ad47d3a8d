import { expect } from '@jest/globals';
import { reports } from '../../lab/server/record.ts';
import { certnameOf, checkedIn, server } from './support.ts';

/** File of the agent that has its version. */
export const VERSION = '/usr/lib/ruby/vendor_ruby/puppet/version.rb';

/** Words for sed(1) that make the version in the file another one. */
export const PATCH = `"s/PUPPETVERSION = '[^']*/&.1/"`;

/** Expects a clone to have sent a report of the patched agent since a time (ms). */
export async function expectPatchedReport(clone: string, since: number): Promise<void> {
  await checkedIn([clone], since);
  const [report] = await reports(server, certnameOf(clone), since);
  expect(report).toMatch(/^puppet_version: ['"]?\d+[.]\d+[.]\d+[.]1['"]?$/m);
}
