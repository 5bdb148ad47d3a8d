import { shared } from '../../jest.shared.js';

/** The acceptance suite: one lab, one fleet, test files in the order of their names. */
export default {
  displayName: 'acceptance',
  rootDir: import.meta.dirname,
  ...shared,
  globalSetup: '<rootDir>/setup.ts',
  globalTeardown: '<rootDir>/teardown.ts',
  testSequencer: '<rootDir>/sequencer.cjs',
  // Bounds for what hangs, not measures: a base image is built in a minute or so.
  testTimeout: 900_000,
  maxWorkers: 1,
};
