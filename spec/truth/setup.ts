import { useFirstCompilerOnly } from '../../lab/server/quick-start.ts';
import { restartServer } from '../../lab/server/restart.ts';
import { upSteps } from '../../lab/steps/bring-up.ts';
import { prepareSteps } from '../../lab/steps/prepare.ts';
import { runSteps } from '../../lab/steps/run-steps.ts';
import { bringUpFleet } from './fleet.ts';
import { lab, release, server } from './lab.ts';

/** Creates a new lab with its fleets. With KEEP=1, continues with the one that is there. */
export default async function setup(): Promise<void> {
  if (process.env.KEEP && (await lab.isUp())) return;
  await lab.destroy();
  await runSteps([
    ...prepareSteps(),
    ...upSteps(lab, release, { startServer: false }),
    { title: 'Start the server', task: startServer },
    ...lab.cloneHosts.map((host) => ({
      title: `Create the fleet of ${host.target}`,
      task: () => bringUpFleet(host),
    })),
  ]);
}

/** It is restarted for several tests. */
async function startServer(): Promise<void> {
  await useFirstCompilerOnly(server);
  await server.output('systemctl enable puppetserver.service');
  await restartServer(server);
}
