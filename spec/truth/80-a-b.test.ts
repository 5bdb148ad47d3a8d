import path from 'node:path';
import { afterAll, expect } from '@jest/globals';
import fs from 'fs-extra';
import type { ComparedFigure, Comparison } from '../../model/load/comparison.ts';
import { loadTest, type ProfileText } from '../load/load-test.ts';
import { runPlan } from '../load/run-plan.ts';
import { bringUpFleet, successful } from './fleet.ts';
import { COUNT, first } from './lab.ts';
import { truth } from './table.ts';

/** Comparisons of equal base images, and how many of them may claim a difference. */
const ROUNDS = 20;
const FALSE_CLAIMS = 1;

/** Folder of the host that makes agents slower: facter runs what is in there. */
const PATCH = '/srv/slow-facts';
const SLOW_FACT = `${PATCH}/etc/facter/facts.d/slow.sh`;

/** Percentage. Smaller differences are not claimed. */
const BOUND = 1;

const profile = (length: string, seed: number): ProfileText => ({
  seed,
  phases: [{ kind: 'steady', runs_per_minute: 24, for: length }],
  slo: ['failed = 0'],
});

truth(
  'A/B of equals',
  `in ${ROUNDS} comparisons of equal base images, at most one difference is claimed`,
  async (found) => {
    const claims: string[][] = [];
    for (let round = 0; round < ROUNDS; round++) {
      claims.push((await compareGroups(`equals-${round}`, profile('75s', round + 1))).map(textOf));
    }
    const wrong = claims.filter((texts) => texts.length > 0);
    found(
      `${wrong.length} of ${ROUNDS} comparisons claim a difference: ${wrong.flat().join(', ') || 'none'}`,
    );
    expect(wrong.length).toBeLessThanOrEqual(FALSE_CLAIMS);
  },
);

truth('A/B of different', 'an agent that takes 300 ms more in each run is found out', async (found) => {
  await first.output(
    `install -D -m 0755 /dev/stdin ${SLOW_FACT} <<< $'#!/bin/sh\\nsleep 0.3\\necho slow=yes'`,
  );
  await bringUpFleet(first, COUNT, { right: `'patches' => ['${PATCH}']` });
  await restartClones();
  const claims = await compareGroups('different', profile('180s', 1));
  found(claims.map(textOf).join(', '));
  const facts = claims.filter(({ metric }) => metric === 'fact_generation');
  expect(facts.map(({ verdict }) => verdict)).toContain('regressed');
  const [mean] = facts.filter(({ figure }) => figure === 'mean');
  expect(mean?.difference).toBeGreaterThan(0.25);
  expect(mean?.difference).toBeLessThan(0.45);
});

afterAll(async () => {
  await bringUpFleet(first);
  await restartClones();
});

/** Clones get the patches of their base image when they start. */
async function restartClones(): Promise<void> {
  await successful(first, 'restart', { base: 'right' });
}

/** Figures in which the clones of the two base images are said to differ. */
async function compareGroups(name: string, text: ProfileText): Promise<ComparedFigure[]> {
  const test = await loadTest([first], name, text);
  const { folder } = test;
  const comparison = path.join(folder, 'comparison');
  const { output } = await runPlan([first], 'compare', {
    before: path.join(folder, 'result.json'),
    before_group: 'left',
    after_group: 'right',
    max_regression: BOUND,
    folder: comparison,
  });
  const file = path.join(comparison, 'compare.json');
  if (!(await fs.pathExists(file))) throw new Error(`${name} has no comparison: ${output}`);
  const { figures }: Comparison = await fs.readJson(file);
  return figures.filter(({ verdict }) => verdict !== 'no_claim');
}

function textOf({ figure, metric, percent, verdict }: ComparedFigure): string {
  return `${figure}${metric ? ` of ${metric}` : ''} ${verdict} by ${percent?.toFixed(0)} %`;
}
