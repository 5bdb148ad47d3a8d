import type { Lab } from '../lab.ts';
import { MODULE } from '../paths.ts';
import { type Release, serverRelease } from '../release.ts';
import { waitForServer } from '../server/readiness.ts';
import { configureCloneHost, configureServer, installModule } from '../server/setup.ts';
import { bootStep, createSteps, packageListsStep } from './host.ts';
import { puppetdbSteps } from './puppetdb.ts';
import type { Step } from './run-steps.ts';

/**
 * Brings all hosts of a lab up.
 *
 * @param startServer - Whether a server that is created here starts when its host boots
 * @param puppetdb - Whether the server gets a PuppetDB. One that it has starts in any case.
 */
export function upSteps(lab: Lab, release: Release, { startServer = true, puppetdb = false } = {}): Step[] {
  const server = lab.server(release);
  const others = lab.cloneHosts.filter((host) => host !== server);
  return [
    ...createSteps(server, server === lab.host ? release : serverRelease(release), () =>
      configureServer(server, startServer),
    ),
    bootStep(lab, server),
    ...others.flatMap((host) => createSteps(host, release, () => configureCloneHost(host))),
    // Before the other clone hosts boot, because an existing fleet starts with its host.
    ...(startServer && others.length > 0 ? [serverStep()] : []),
    ...others.map((host) => bootStep(lab, host)),
    ...lab.cloneHosts.map(packageListsStep),
    { title: 'Install the module on the server', task: () => installModule(server, MODULE) },
    // With the certificate that the server gets when it first starts.
    ...(puppetdb ? [packageListsStep(server), serverStep(), ...puppetdbSteps(server)] : []),
  ];
}

/** Waits for the server of a lab that is up. */
export function serverStep(): Step {
  return { title: 'Wait for the server', task: () => waitForServer() };
}
