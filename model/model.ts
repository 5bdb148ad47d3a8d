import type { Flavour } from './flavour.ts';
import type { RunMode } from './fleet.ts';
import type { Image } from './image.ts';
import type { Names } from './names.ts';

/** What the Forge, PE and `puppet module` read of a module; the keys are theirs. */
export interface Metadata {
  readonly name: string;
  readonly version: string;
  readonly author: string;
  readonly summary: string;
  readonly license: string;
  readonly source: string;
  readonly project_page?: string;
  readonly issues_url?: string;
  readonly dependencies: readonly Requirement[];
  readonly operatingsystem_support: readonly OperatingSystem[];
  readonly requirements: readonly Requirement[];
  readonly tags?: readonly string[];
}

/** A module or a Puppet implementation, and the versions of it that will do. */
export interface Requirement {
  readonly name: string;
  readonly version_requirement: string;
}

/** A system that hosts may run, as `metadata.json` says it. */
export interface OperatingSystem {
  readonly operatingsystem: string;
  readonly operatingsystemrelease: readonly string[];
}

/** Values of the class's parameters where nobody sets them. */
export interface Defaults {
  readonly clone_prefix: string;
  readonly manage_nodejs: boolean;
  readonly root_password: string;
  readonly run_mode: RunMode;
}

/** What `module.yaml` holds. */
export interface ModuleSpec {
  readonly images: Readonly<Record<string, Image>>;
  /** By name; the first that has agents for an image is the default there. */
  readonly flavours: Readonly<Record<string, Flavour>>;
  readonly defaults: Defaults;
  readonly parts: { readonly plans: boolean; readonly specs: boolean };
}

/** All that decides what a module looks like; checked, complete and frozen. */
export interface Model extends ModuleSpec {
  readonly metadata: Metadata;
  /** Account on the Forge: the first half of the metadata's `name`. */
  readonly author: string;
  readonly names: Names;
}
