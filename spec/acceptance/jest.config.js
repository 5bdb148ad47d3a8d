import { shared } from '../../jest.shared.js';

/** The acceptance suite: one lab and one fleet, test files in the order of their names. */
export default {
  displayName: 'acceptance',
  rootDir: import.meta.dirname,
  ...shared,
  // Many minutes of faults have a command of their own: npm run faults.
  testPathIgnorePatterns: process.env.FAULT_ROUNDS ? [] : ['85-faults'],
  globalSetup: '<rootDir>/setup.ts',
  globalTeardown: '<rootDir>/teardown.ts',
  testSequencer: '<rootDir>/sequencer.cjs',
  // A limit for what hangs. A base image takes about a minute to build.
  testTimeout: 900_000,
  maxWorkers: 1,
};
