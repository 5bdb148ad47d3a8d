import { expect, test } from '@jest/globals';
import fs from 'fs-extra';
import type { TestPlan } from '../../model/load/roster.ts';
import { requestsBetween } from '../load/access-log.ts';
import { LoadTest } from '../load/load-test.ts';
import { certnameOf, host, NAMES, quickTask, server, sh, until } from './support.ts';

const PROFILE = {
  phases: [{ kind: 'steady', runs_per_minute: 24, for: '20s' }],
  slo: ['failed = 0', 'dropped = 0'],
};

let plan: TestPlan;

test('a load test says what the server saw, and has a report', async () => {
  const load = new LoadTest([host], 'smoke', PROFILE);
  plan = await load.plan(host);
  const { result, output } = await load.ended;
  const ran = (await load.records(host)).filter(({ started }) => started !== null);

  expect({ output, arrivals: result.total.arrivals }).toMatchObject({ arrivals: 8 });
  expect(result.total).toMatchObject({ good: ran.length, failed: 0 });
  const certnames = NAMES.map(certnameOf);
  const { from, to } = await load.period();
  const requests = (await requestsBetween(server, from, to)).filter(({ name }) => certnames.includes(name));
  const answered = (route: string) =>
    requests.filter((request) => request.route === route && request.status === 200).map(({ name }) => name);
  const wanted = ran.map(({ clone }) => certnameOf(clone)).sort();
  expect(answered('catalog').sort()).toEqual(wanted);
  expect(answered('report').sort()).toEqual(wanted);
  expect(await fs.readFile(`${load.folder}/report.html`, 'utf8')).toContain(load.id);
});

test('a load test that is stopped keeps its records, and agents run by themselves again', async () => {
  const id = `${plan.id}-stopped`;
  const phases = plan.profile.phases.map((phase) => ({
    ...phase,
    length: 600_000,
    streams: [{ kind: 'rate', at: 0, length: 600_000, from: 24, to: 24 }],
  }));
  await quickTask('load_start', {
    plan: { ...plan, id, begin: Date.now() + 5000, profile: { ...plan.profile, phases } },
  });
  const started = async () => (await quickTask('load_status', { id })).started > 1;
  await until('two runs of the load test have started', started, 60);

  const stopped = await quickTask('load_stop', { id });
  expect(stopped).toMatchObject({ id, state: 'stopped', running: 0 });
  expect((await quickTask('load_collect', { id })).id).toBe(id);
  for (const clone of NAMES) {
    expect(await sh(`systemctl --machine=${clone} is-active puppet.service`)).toBe('active');
  }
});
