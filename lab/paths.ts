import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const REPO = fileURLToPath(new URL('..', import.meta.url));

/** Gems that the project's own scripts install, in one folder per Ruby version. */
export const CACHE = path.join(REPO, '.cache');

/** The generated module, which the lab and the tests use. */
export const MODULE = path.join(REPO, 'dist/clone_army');

/** Host images, shared by all checkouts and labs on this machine. */
export const IMAGES = '/var/cache/clone-army-lab';

/** One folder per lab, with its hosts and their state. */
export const LABS = '/var/lib/clone-army-lab';
