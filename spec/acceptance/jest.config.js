/** The acceptance suite: one lab, one fleet, test files in the order of their names. */
export default {
  displayName: 'acceptance',
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
  globalSetup: '<rootDir>/setup.ts',
  globalTeardown: '<rootDir>/teardown.ts',
  testSequencer: '<rootDir>/sequencer.cjs',
  // Bounds for what hangs, not measures: a base image is built in a minute or so.
  testTimeout: 900_000,
  maxWorkers: 1,
};
