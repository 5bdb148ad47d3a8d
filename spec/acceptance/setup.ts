import { serverStep, upSteps } from '../../lab/steps/bring-up.ts';
import { prepareSteps } from '../../lab/steps/prepare.ts';
import { runSteps } from '../../lab/steps/run-steps.ts';
import { lab, release } from './support.ts';

/** A host of the suite's own, made anew; its server has not built a fleet yet. */
export default async function setup(): Promise<void> {
  await lab.destroy();
  await runSteps([...prepareSteps(), ...upSteps(lab, release), serverStep()]);
}
