import { lab } from './lab.ts';

/** Leaves no process, mount or changed kernel setting behind. With KEEP=1, keeps the lab for the next run. */
export default async function teardown(): Promise<void> {
  if (!process.env.KEEP) await lab.destroy();
}
