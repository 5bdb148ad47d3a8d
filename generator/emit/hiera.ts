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

/** Hiera data that hold everywhere: defaults of the class's parameters, what the module is made for, and its limits. */
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
      Object.entries(flavours).map(([name, flavour]) => [name, within(Object.values(families), flavour)]),
    ),
    // Systems add theirs.
    [key('host::bootstrappers')]: {},
    [key('systemd_features')]: SYSTEMD_FEATURES,
    [key('memory_mib')]: MEMORY_MIB,
    [key('run_cpu_seconds')]: RUN_CPU_SECONDS,
    [key('clones_max')]: CLONES_MAX,
    [key('hostname_max')]: HOSTNAME_MAX,
  };
  return [{ path: 'data/common.yaml', content: toYaml(escapeInterpolation(data)), mode: 0o644 }];
}

/** What the flavour says of these families, and of no other; its description and note are for readers. */
function within(families: readonly string[], { description, note, ...flavour }: Flavour) {
  const of = (byFamily?: Readonly<Record<string, string>>) =>
    byFamily && Object.fromEntries(Object.entries(byFamily).filter(([family]) => families.includes(family)));
  return {
    ...flavour,
    families: flavour.families.filter((family) => families.includes(family)),
    ...(flavour.repository && { repository: of(flavour.repository) }),
    ...(flavour.release_package && { release_package: of(flavour.release_package) }),
  };
}

/** Strings are quoted, because Ruby reads YAML 1.1, in which `no`, `1_000` and `12:30` are none. */
function toYaml(data: unknown): string {
  const document = new Document(data, { aliasDuplicateObjects: false });
  return `---\n${document.toString({ defaultKeyType: 'PLAIN', defaultStringType: 'QUOTE_SINGLE', lineWidth: 0 })}`;
}

/** Hiera looks for `%{…}` in every value of its data files. */
function escapeInterpolation(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('%{', "%{literal('%')}{");
  if (Array.isArray(value)) return value.map(escapeInterpolation);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, escapeInterpolation(part)]));
}
