import { useFirstCompilerOnly } from '../../lab/server/quick-start.ts';
import { upSteps } from '../../lab/steps/bring-up.ts';
import { prepareSteps } from '../../lab/steps/prepare.ts';
import { runSteps } from '../../lab/steps/run-steps.ts';
import { recordHost } from './host-state.ts';
import { lab, release, server } from './support.ts';

/** Creates a new lab. Its server is not started: the first test file needs it down. */
export default async function setup(): Promise<void> {
  await lab.destroy();
  await runSteps([
    ...prepareSteps(),
    ...upSteps(lab, release, { startServer: false }),
    { title: 'Configure the server to start quickly', task: () => useFirstCompilerOnly(server) },
    { title: 'Record the state of the host', task: recordHost },
  ]);
}
