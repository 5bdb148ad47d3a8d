import { command } from './command.ts';
import { jest } from './jest.ts';
import { rspec } from './rspec.ts';
import type { Suite } from './suite.ts';

/** Test files that take long, or need programs that the others do not: a browser, old releases of Node.js. */
const SLOW = String.raw`\.slow\.test\.ts$`;

/** Leaves them out. */
const QUICK = ['--testPathIgnorePatterns', SLOW];

/** Tests of the emitted module that need nothing but its files and Puppet's own tools. */
const MODULE_FILES = 'content|variants';

const unit = (...more: string[]) => jest('unit', ['--selectProjects', 'unit', ...more]);
const moduleFiles = (...more: string[]) =>
  jest('module', ['--selectProjects', 'module', '--testPathPatterns', MODULE_FILES, ...more]);
const catalogs = rspec('catalogs', 'spec/{classes,defines}/**/*_spec.rb');
const functions = rspec('functions', 'spec/{functions,type_aliases}/**/*_spec.rb');
const rest = [
  rspec('plans', 'spec/plans/**/*_spec.rb'),
  command('types', 'tsc', []),
  command('style', 'biome', ['check', '--error-on-warnings']),
];

/** A check before each commit. In this order, and in that below, two lanes end at about the same time. */
export const FAST: readonly Suite[] = [catalogs, unit(...QUICK), functions, moduleFiles(...QUICK), ...rest];

/** All suites: also real package managers with local repositories, and the lab, which takes longest. */
export const ALL: readonly Suite[] = [
  jest('acceptance', ['--config', 'spec/acceptance/jest.config.js'], { live: true }),
  jest('packages', ['--selectProjects', 'module', '--testPathIgnorePatterns', MODULE_FILES]),
  moduleFiles(),
  unit(),
  rspec('scripts', 'spec/unit/**/*_spec.rb'),
  catalogs,
  functions,
  ...rest,
];
