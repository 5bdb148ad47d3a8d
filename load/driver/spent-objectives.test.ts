import { expect, test } from '@jest/globals';
import type { Profile } from '../../model/load/profile.ts';
import type { Outcome, RunRecord } from '../../model/load/record.ts';
import type { TestPlan } from '../../model/load/roster.ts';
import { fc } from '../../validation/testing/fast-check.ts';
import { merge } from '../analysis/merge.ts';
import { isMistake } from '../profile/mistake.ts';
import { readObjective } from '../profile/objective.ts';
import { arrivals } from '../schedule/arrivals.ts';
import { BEGIN, planOf } from '../testing/plan.ts';
import { phaseOf, rosterOf } from '../testing/profile.ts';
import { recordOf, reducedHosts } from '../testing/recorded.ts';
import { SpentObjectives } from './spent-objectives.ts';

/** 100 arrivals on two hosts, the last 50 of which are measured: 25 of each base image. */
const ROSTER = rosterOf({ 'debian-13': 5 }, { 'debian-12': 5 });
const PHASE = phaseOf([{ kind: 'rate', at: 0, length: 100_000, from: 60, to: 60 }], {
  length: 100_000,
  warmUp: 50_000,
});

function planWith(slo: readonly string[], more: Partial<Profile> = {}): TestPlan {
  const objectives = slo.map((text) => {
    const objective = readObjective(text, null);
    if (isMistake(objective)) throw new Error(objective.message);
    return objective;
  });
  return planOf({ roster: ROSTER }, { phases: [PHASE], slo: objectives, ...more });
}

/** A record for each arrival. */
function recordsOf(
  { profile, roster }: TestPlan,
  fate: (number: number) => { outcome: Outcome; milliseconds: number },
): RunRecord[] {
  return [...arrivals(profile, roster)].map((arrival) => {
    const { outcome, milliseconds } = fate(arrival.number);
    const group = arrival.host === 0 ? 'debian-13' : 'debian-12';
    return recordOf(arrival, { group, outcome, ended: BEGIN + arrival.at + milliseconds });
  });
}

function spentOf(plan: TestPlan, records: readonly RunRecord[]) {
  const objectives = new SpentObjectives(plan);
  for (const record of records) objectives.add(record);
  return objectives.progress();
}

test.each([
  ['failed = 0', 0],
  ['failed <= 3', 3],
  ['failed < 3', 2],
  ['dropped_percent <= 10%', 5],
  ['failed_percent < 10%', 4],
  ['p95(total) <= 30s', 2],
  ['p98(total) <= 30s', 1],
  ['p96(total, group=debian-12) <= 30s', 1],
  ['max(config_retrieval) <= 9s', 0],
])('%s allows %d of 50 runs', (text, allowed) => {
  expect(new SpentObjectives(planWith([text])).progress()).toEqual([{ text, spent: 0, allowed }]);
});

test('leaves out means, and objectives that stand there twice', () => {
  const plan = planWith(['mean(total) <= 5s', 'failed = 0', 'failed = 0']);
  expect(spentOf(plan, []).map(({ text }) => text)).toEqual(['failed = 0']);
});

test('counts measured runs only, each for the objectives of its base image', () => {
  const plan = planWith(['failed = 0', 'p95(total) <= 2s', 'max(total, group=debian-12) < 3s']);
  const records = recordsOf(plan, (number) => ({
    outcome: number === 10 || number === 70 ? 'busy' : 'ok',
    milliseconds: number % 10 === 0 ? 3000 : 1000,
  }));
  const slow = records.filter(({ number }) => number >= 50 && number % 10 === 0);
  const slowOfGroup = slow.filter(({ group }) => group === 'debian-12');
  expect(spentOf(plan, records).map(({ spent }) => spent)).toEqual([1, slow.length, slowOfGroup.length]);
});

test('an objective that has spent too much does not hold in the result', async () => {
  const texts = [
    'failed <= 2',
    'dropped_percent < 10%',
    'p90(total) <= 2s',
    'max(total, group=debian-12) <= 4s',
  ];
  const plan = planWith(texts);
  const fate = fc.record({
    outcome: fc.constantFrom<Outcome>('ok', 'ok', 'ok', 'changed', 'failed', 'dropped', 'held_back'),
    milliseconds: fc.integer({ min: 1500, max: 4100 }),
  });
  const fates = fc.array(fate, { minLength: 100, maxLength: 100 });
  await fc.assert(
    fc.asyncProperty(fates, fc.integer({ min: 50, max: 100 }), async (drawn, until) => {
      const records = recordsOf(plan, (number) => drawn[number] as (typeof drawn)[number]);
      const lost = spentOf(plan, records.slice(0, until)).filter(({ spent, allowed }) => spent > allowed);
      const parts = await reducedHosts(
        plan.profile,
        plan.roster,
        ({ number }) => records[number] as RunRecord,
      );
      const broken = merge(parts).objectives.filter(({ holds }) => !holds);
      expect(broken.map(({ text }) => text)).toEqual(expect.arrayContaining(lost.map(({ text }) => text)));
    }),
    { numRuns: 40 },
  );
});
