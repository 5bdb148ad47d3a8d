import type { Metadata, Model } from '../../model/model.ts';
import type { EmittedFile } from './file.ts';

/** All keys, in the order in which the Forge lists them. */
const KEYS: Readonly<Record<keyof Metadata, true>> = {
  name: true,
  version: true,
  author: true,
  summary: true,
  license: true,
  source: true,
  project_page: true,
  issues_url: true,
  dependencies: true,
  operatingsystem_support: true,
  requirements: true,
  tags: true,
};

/** The module's `metadata.json`. */
export function emitMetadata({ metadata }: Model): EmittedFile[] {
  const keys = Object.keys(KEYS) as (keyof Metadata)[];
  const ordered = Object.fromEntries(keys.map((key) => [key, metadata[key]]));
  return [{ path: 'metadata.json', content: `${JSON.stringify(ordered, null, 2)}\n`, mode: 0o644 }];
}
