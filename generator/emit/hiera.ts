import { Document } from 'yaml';
import { familiesOf } from '../../model/families.ts';
import type { Flavour } from '../../model/flavour.ts';
import {
  CLONES_MAX,
  HOSTNAME_MAX,
  MEMORY_MIB,
  RUN_CPU_SECONDS,
  SYSTEMD_FEATURES,
} from '../../model/limits.ts';
import type { Model } from '../../model/model.ts';
import type { EmittedFile } from './file.ts';

/** `data/common.yaml`: default values of class parameters, supported systems, images, flavours, and limits. */
export function emitHiera({ names, defaults, images, flavours, metadata }: Model): EmittedFile[] {
  const key = (name: string) => `${names.module}::${name}`;
  const hosts = metadata.operatingsystem_support.map((os) => [os.operatingsystem, os.operatingsystemrelease]);
  const families = familiesOf(images);
  const data = {
    lookup_options: {
      [key('images')]: { merge: 'deep' },
      [key('host::bootstrappers')]: { merge: 'deep' },
      [key('root_password')]: { convert_to: 'Sensitive' },
    },
    ...Object.fromEntries(Object.entries(defaults).map(([name, value]) => [key(name), value])),
    [key('images')]: images,
    [key('host_os')]: Object.fromEntries(hosts),
    [key('families')]: families,
    [key('flavours')]: Object.fromEntries(
      Object.entries(flavours).map(([name, flavour]) => [
        name,
        flavourData(flavour, Object.values(families)),
      ]),
    ),
    // Data files of the operating systems add entries.
    [key('host::bootstrappers')]: {},
    [key('systemd_features')]: SYSTEMD_FEATURES,
    [key('memory_mib')]: MEMORY_MIB,
    [key('run_cpu_seconds')]: RUN_CPU_SECONDS,
    [key('clones_max')]: CLONES_MAX,
    [key('hostname_max')]: HOSTNAME_MAX,
  };
  return [{ path: 'data/common.yaml', content: toYaml(escapeInterpolation(data)), mode: 0o644 }];
}

/** A flavour without the data of other OS families. Description and note are left out: only documentation uses them. */
function flavourData({ description, note, ...flavour }: Flavour, families: readonly string[]) {
  const select = (byFamily?: Readonly<Record<string, string>>) =>
    byFamily && Object.fromEntries(Object.entries(byFamily).filter(([family]) => families.includes(family)));
  return {
    ...flavour,
    families: flavour.families.filter((family) => families.includes(family)),
    ...(flavour.repository && { repository: select(flavour.repository) }),
    ...(flavour.release_package && { release_package: select(flavour.release_package) }),
  };
}

/** Quotes all strings, because Ruby reads YAML 1.1, where `no`, `1_000` and `12:30` are not strings. */
function toYaml(data: unknown): string {
  const document = new Document(data, { aliasDuplicateObjects: false });
  return `---\n${document.toString({ defaultKeyType: 'PLAIN', defaultStringType: 'QUOTE_SINGLE', lineWidth: 0 })}`;
}

/** Escapes `%{…}`, which Hiera would interpolate. */
function escapeInterpolation(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('%{', "%{literal('%')}{");
  if (Array.isArray(value)) return value.map(escapeInterpolation);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, escapeInterpolation(part)]));
}
