import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const REPO = fileURLToPath(new URL('..', import.meta.url));

/** What the project's own scripts install for it: gems, by version of Ruby. */
export const CACHE = path.join(REPO, '.cache');

/** The module as the lab and the tests use it. */
export const MODULE = path.join(REPO, 'dist/clone_army');

/** Host images, shared by all checkouts and labs of this machine. */
export const IMAGES = '/var/cache/clone-army-lab';

/** Labs: a host's root and what is known of it, a folder each. */
export const LABS = '/var/lib/clone-army-lab';
