import { upSteps } from '../../lab/steps/bring-up.ts';
import { prepareSteps } from '../../lab/steps/prepare.ts';
import { runSteps } from '../../lab/steps/run-steps.ts';
import { lab, release } from './support.ts';

/** Creates a new lab. Its server is not started: the first test file needs it down. */
export default async function setup(): Promise<void> {
  await lab.destroy();
  await runSteps([...prepareSteps(), ...upSteps(lab, release, { startServer: false })]);
}
