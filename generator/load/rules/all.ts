import { flavourScripts, vendorPackages } from './flavours.ts';
import { moduleName, tags, upperBounds } from './forge.ts';
import { hostData, hostImages, hostsOnce } from './hosts.ts';
import { bootstrapScripts, imageFlavours } from './images.ts';
import type { Rule } from './rule.ts';

/** Every rule that the schemas cannot express. */
export const RULES: readonly Rule[] = [
  moduleName,
  upperBounds,
  tags,
  hostsOnce,
  hostData,
  hostImages,
  bootstrapScripts,
  imageFlavours,
  flavourScripts,
  vendorPackages,
];
