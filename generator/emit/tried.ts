import { familyOf } from '../../model/families.ts';

/** How far something has been tried. */
export type Tried = 'for real' | 'main path, for real' | 'by stand-in' | 'catalog and scripts';

/** Host systems that fleets have run on; on the others, catalogs were compiled and scripts run with stand-ins. */
const HOSTS = new Map<string, Tried>([
  ['Debian 11', 'main path, for real'],
  ['Debian 12', 'for real'],
  ['Debian 13', 'for real'],
]);

/** Flavours that have put agents which checked in into images of a family; the others were tried by stand-in. */
const FLAVOURS = new Map<string, readonly string[]>([
  ['distro', ['Debian']],
  ['gem', ['Debian']],
]);

/** How far a host system has been tried. */
export function hostTried(os: string, release: string): Tried {
  return HOSTS.get(`${os} ${release}`) ?? (familyOf(os) === 'RedHat' ? 'by stand-in' : 'catalog and scripts');
}

/** How far a flavour has been tried in images of a family. */
export function flavourTried(flavour: string, family: string): Tried {
  return FLAVOURS.get(flavour)?.includes(family) ? 'for real' : 'by stand-in';
}
