import { vendorPackages } from './flavours.ts';
import { boundedVersions, noSystemTags, unreservedName } from './forge.ts';
import { hostData, hostImages, uniqueHosts } from './hosts.ts';
import { imageFlavours } from './images.ts';
import type { Rule } from './rule.ts';
import { bootstrapScripts, flavourScripts } from './scripts.ts';

/** All checks that the schemas cannot express. */
export const RULES: readonly Rule[] = [
  unreservedName,
  boundedVersions,
  noSystemTags,
  uniqueHosts,
  hostData,
  hostImages,
  bootstrapScripts,
  imageFlavours,
  flavourScripts,
  vendorPackages,
];
