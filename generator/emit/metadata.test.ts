import { describe, expect, test } from '@jest/globals';
import { smallProject } from '../fixtures/small.ts';
import { METADATA_SCHEMA } from '../load/metadata.schema.ts';
import { emitMetadata } from './metadata.ts';

describe('emitMetadata', () => {
  test('writes every known key, always in the same order', async () => {
    const { model } = await smallProject();
    const { name, ...rest } = model.metadata;
    const [file] = emitMetadata(model);
    const [other] = emitMetadata({ ...model, metadata: { ...rest, name } });
    expect(other).toEqual(file);
    expect(JSON.parse(String(file?.content))).toEqual(model.metadata);
    expect(Object.keys(model.metadata).sort()).toEqual(Object.keys(METADATA_SCHEMA.properties).sort());
  });

  test('omits optional keys that the input omits', async () => {
    const { model } = await smallProject({ metadata: { tags: null, issues_url: null } });
    expect(String(emitMetadata(model)[0]?.content)).not.toMatch(/tags|issues_url/);
  });
});
