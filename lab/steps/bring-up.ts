import type { Lab } from '../lab.ts';
import { MODULE } from '../paths.ts';
import { type Release, serverRelease } from '../release.ts';
import { configureAgent } from '../server/agent.ts';
import { waitForServer } from '../server/readiness.ts';
import { configureServer, installModule } from '../server/setup.ts';
import { bootStep, createSteps, packageListsStep } from './host.ts';
import type { Step } from './run-steps.ts';

/**
 * Brings all hosts of a lab up.
 *
 * @param startServer - Whether a server that is created here starts when its host boots
 */
export function upSteps(lab: Lab, release: Release, { startServer = true } = {}): Step[] {
  const server = lab.server(release);
  return [
    ...(server === lab.host
      ? sharedHostSteps(lab, release, startServer)
      : separateHostSteps(lab, release, startServer)),
    packageListsStep(lab.host),
    { title: 'Install the module on the server', task: () => installModule(server, MODULE) },
  ];
}

/** One host for clones and server. */
function sharedHostSteps(lab: Lab, release: Release, startServer: boolean): Step[] {
  const { host } = lab;
  return [...createSteps(host, release, () => configureServer(host, host, startServer)), bootStep(lab, host)];
}

/** A clone host, and a server host beside it. */
function separateHostSteps(lab: Lab, release: Release, startServer: boolean): Step[] {
  const { host } = lab;
  const server = lab.server(release);
  return [
    ...createSteps(server, serverRelease(release), () => configureServer(server, host, startServer)),
    bootStep(lab, server),
    ...createSteps(host, release, () => configureAgent(host)),
    // Before the clone host boots, because an existing fleet starts with it.
    ...(startServer ? [serverStep()] : []),
    bootStep(lab, host),
  ];
}

/** Waits for the server of a lab that is up. */
export function serverStep(): Step {
  return { title: 'Wait for the server', task: () => waitForServer() };
}
