import fs from 'fs-extra';
import type { Host } from '../host/host.ts';
import { buildImage, imageOf } from '../host/image.ts';
import type { Lab } from '../lab.ts';
import type { Release } from '../release.ts';
import type { Step } from './run-steps.ts';

/**
 * Builds the image that hosts of a release are created from.
 *
 * @param label - Name of the host in the title
 */
export function imageStep(release: Release, label: string): Step {
  const system = `${release.os} ${release.suite}`;
  return {
    title: `Build an image for ${label} (${system})`,
    task: async (_, task) => {
      const image = await imageOf(release);
      if (await fs.pathExists(image)) task.skip(`Image for ${label} (${system}) exists`);
      else await buildImage(release, image);
    },
  };
}

/**
 * Creates a host.
 *
 * @param configure - Configures the new host before its first boot
 */
export function createSteps(host: Host, release: Release, configure: () => Promise<void>): Step[] {
  return [
    imageStep(release, host.label),
    {
      title: `Create ${host.label} from the image`,
      task: async (_, task) => {
        if (await host.exists()) return task.skip(`${capitalized(host.label)} exists`);
        await host.create(await imageOf(release));
        await configure();
      },
    },
  ];
}

/** Boots a host. */
export function bootStep(lab: Lab, host: Host): Step {
  return {
    title: `Boot ${host.label}`,
    task: async (_, task) => {
      if (await host.state()) return task.skip(`${capitalized(host.label)} is up`);
      await lab.makeRoom();
      await host.boot();
    },
  };
}

/** Fetches package lists, which images lack and package resources need. */
export function packageListsStep(host: Host): Step {
  return {
    title: `Fetch the package lists of ${host.label}`,
    task: async (_, task) => {
      const { failed } = await host.ssh(['ls /var/lib/apt/lists/*_Packages*'], { reject: false });
      if (!failed) return task.skip(`${capitalized(host.label)} has package lists`);
      await host.ssh(['apt-get', '-qq', 'update']);
    },
  };
}

const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
