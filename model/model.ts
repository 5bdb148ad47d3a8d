import type { Flavour } from './flavour.ts';
import type { RunMode } from './fleet.ts';
import type { Image } from './image.ts';
import type { Names } from './names.ts';

/** Content of `metadata.json`, as defined by the Forge, PE and `puppet module`. */
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

/** A required module or Puppet implementation, and its supported versions. */
export interface Requirement {
  readonly name: string;
  readonly version_requirement: string;
}

/** A supported operating system for hosts, as listed in `metadata.json`. */
export interface OperatingSystem {
  readonly operatingsystem: string;
  readonly operatingsystemrelease: readonly string[];
}

/** Default values of class parameters. */
export interface Defaults {
  readonly clone_prefix: string;
  readonly manage_nodejs: boolean;
  readonly root_password: string;
  readonly run_mode: RunMode;
}

/** Content of `module.yaml`. */
export interface ModuleSpec {
  readonly images: Readonly<Record<string, Image>>;
  /** By name. The default for an image is the first flavour that supports its family. */
  readonly flavours: Readonly<Record<string, Flavour>>;
  readonly defaults: Defaults;
  readonly parts: { readonly plans: boolean; readonly specs: boolean };
}

/** Everything that determines the content of a module: validated, complete and frozen. */
export interface Model extends ModuleSpec {
  readonly metadata: Metadata;
  /** Forge account: the part of the metadata's `name` before the module name. */
  readonly author: string;
  readonly names: Names;
}
