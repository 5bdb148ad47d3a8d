import { expect, test } from '@jest/globals';
import { execa } from 'execa';
import { REPO } from '../paths.ts';

test('a failing step is marked in the list, and only the caller prints its error', async () => {
  const script = `
    import { runSteps } from './lab/steps/run-steps.ts';
    const steps = [{ title: 'the step', task: () => { throw new Error('the reason'); } }];
    await runSteps(steps).catch((error) => console.log('caller: ' + error.message));
  `;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', script];
  const { all } = await execa('node', args, { cwd: REPO, all: true, env: { CI: '1', NODE_OPTIONS: '' } });

  expect(all).toMatch(/the step .*FAILED: see below/);
  expect(all).toContain('caller: the reason');
  expect(all.match(/the reason/g)).toHaveLength(1);
});
