import { command } from './command.ts';
import { jest } from './jest.ts';
import { rspec } from './rspec.ts';
import type { Suite } from './suite.ts';

/** Suites that can run at the same time; the longest first, so that none is left to run alone at the end. */
export const FAST: readonly Suite[] = [
  jest('module', ['--selectProjects', 'module', '--testPathPatterns', 'content|variants']),
  rspec('catalogs', 'spec/{classes,defines}/**/*_spec.rb'),
  jest('unit', ['--selectProjects', 'unit']),
  rspec('rspec', 'spec/{functions,type_aliases,unit}/**/*_spec.rb'),
  rspec('plans', 'spec/plans/**/*_spec.rb'),
  command('types', 'tsc', []),
  command('style', 'biome', ['check', '--error-on-warnings']),
];

/** All suites: also real package managers with local repositories, and the lab, which takes longest. */
export const ALL: readonly Suite[] = [
  jest('acceptance', ['--config', 'spec/acceptance/jest.config.js'], { live: true }),
  jest('packages', ['--selectProjects', 'module', '--testPathIgnorePatterns', 'content|variants']),
  ...FAST,
];
