import { lab } from './support.ts';

/** Leaves no process, mount or changed kernel setting behind. */
export default async function teardown(): Promise<void> {
  await lab.destroy();
}
